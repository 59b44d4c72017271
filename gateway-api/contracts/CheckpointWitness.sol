// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Checkpoints of transparency logs, kept where nobody can take them back
/// @notice A witness, not a root of trust: it shows that a root was public at a time and that its poster never went
/// back, but does not see whether one root extends the other. Whoever holds both logs checks that (RFC 9162).
/// @dev There is no owner, no upgrade and no removal. A lost poster key ends the contract; what is in it stays.
contract CheckpointWitness {
    struct Anchor {
        /// RFC 9162 root of the log.
        bytes32 root;
        /// Time of the block, seconds since 1970.
        uint64 time;
    }

    error NotPoster();
    error NotGrowing(uint64 latestSize);
    error NoRoot();

    event CheckpointPosted(bytes32 indexed originHash, uint64 indexed size, bytes32 root, uint64 time);

    /// @notice Every checkpoint, by SHA-256 of the log's origin line and by size.
    /// @dev Storage slot 0: proofs of its entries are made and verified off the chain (docs/formats/evm-anchor.md).
    mapping(bytes32 originHash => mapping(uint64 size => Anchor)) public anchors;

    /// @notice Size of the last checkpoint of a log, 0 for none.
    mapping(bytes32 originHash => uint64) public latestSize;

    /// @notice The only account that may post.
    address public immutable poster;

    constructor(address poster_) {
        poster = poster_;
    }

    /// @notice Keeps a checkpoint that is larger than the last one of its log.
    function post(bytes32 originHash, uint64 size, bytes32 root) external {
        if (msg.sender != poster) revert NotPoster();
        uint64 latest_ = latestSize[originHash];
        if (size <= latest_) revert NotGrowing(latest_);
        // Of a root of zeros nobody could tell whether it was posted.
        if (root == bytes32(0)) revert NoRoot();
        uint64 time = uint64(block.timestamp);
        latestSize[originHash] = size;
        anchors[originHash][size] = Anchor(root, time);
        emit CheckpointPosted(originHash, size, root, time);
    }

    /// @notice The last checkpoint of a log; zeros for none.
    function latest(bytes32 originHash) external view returns (uint64 size, bytes32 root, uint64 time) {
        size = latestSize[originHash];
        Anchor memory anchor = anchors[originHash][size];
        return (size, anchor.root, anchor.time);
    }
}
