# Hashes and the signatures of parties, for both verifiers: Keccak-256 with secp256k1 (EIP-712), SM3 with SM2.
import hashlib, re
from functools import lru_cache

class Refused(Exception): pass  # its argument is a code

def check(holds, code):
    if not holds: raise Refused(code)

sha256 = lambda data: hashlib.sha256(data).digest()
sm3 = lambda data: hashlib.new("sm3", data).digest()

# Keccak with the original padding, as Ethereum uses it (not SHA3-256).
def keccak256(data):
    mask, rate = (1 << 64) - 1, 136
    rot = lambda word, by: (word << by | word >> (64 - by)) & mask if by else word
    state = [[0] * 5 for _ in range(5)]
    gap = rate - len(data) % rate
    data += b"\x81" if gap == 1 else b"\x01" + bytes(gap - 2) + b"\x80"
    for start in range(0, len(data), rate):
        for word in range(rate // 8): state[word % 5][word // 5] ^= int.from_bytes(data[start + 8 * word : start + 8 * word + 8], "little")
        lfsr = 1
        for _ in range(24):
            sums = [state[x][0] ^ state[x][1] ^ state[x][2] ^ state[x][3] ^ state[x][4] for x in range(5)]
            state = [[state[x][y] ^ sums[x - 1] ^ rot(sums[(x + 1) % 5], 1) for y in range(5)] for x in range(5)]
            x, y, current = 1, 0, state[1][0]
            for step in range(24):
                x, y = y, (2 * x + 3 * y) % 5
                current, state[x][y] = state[x][y], rot(current, (step + 1) * (step + 2) // 2 % 64)
            for y in range(5):
                row = [state[x][y] for x in range(5)]
                for x in range(5): state[x][y] = row[x] ^ (~row[(x + 1) % 5] & mask & row[(x + 2) % 5])
            for bit in range(7):
                lfsr = (lfsr << 1 ^ (lfsr >> 7) * 0x71) % 256
                if lfsr & 2: state[0][0] ^= 1 << ((1 << bit) - 1)
    return b"".join(state[i % 5][i // 5].to_bytes(8, "little") for i in range(4))

# ---- curves: y² = x³ + ax + b over a prime field ----------------------------------------------------------------
class Curve:
    def __init__(self, words): self.p, self.a, self.b, self.n, *self.g = (int(word, 16) for word in words.split())

    def has(self, x, y): return max(x, y) < self.p and (y * y - x**3 - self.a * x - self.b) % self.p == 0

    def add(self, one, two):
        if one is None or two is None: return two if one is None else one
        (x1, y1), (x2, y2), p = one, two, self.p
        if x1 == x2 and (y1 + y2) % p == 0: return None
        slope = (3 * x1 * x1 + self.a) * pow(2 * y1, -1, p) if one == two else (y2 - y1) * pow(x2 - x1, -1, p)
        x3 = (slope * slope - x1 - x2) % p
        return x3, (slope * (x1 - x3) - y1) % p

    def times(self, factor, point):
        result = None
        while factor:
            if factor & 1: result = self.add(result, point)
            point, factor = self.add(point, point), factor >> 1
        return result

# p, a, b, n, Gx, Gy
SECP256K1 = Curve("""
fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f 0 7 fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141
79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798 483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8""")
SM2 = Curve("""
fffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffff fffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffc
28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93 fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123
32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7 bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0""")

# Whether this signature over this digest is by the key of this id. Answers are kept: many proofs hold the same submissions.
@lru_cache(1 << 16)
def signed_by_address(digest, signature, key_id, _):
    curve = SECP256K1
    if not re.fullmatch("0x[0-9a-f]{128}1[bc]", signature): return False
    raw = bytes.fromhex(signature[2:])
    r, s = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:64], "big")
    if not (0 < r < curve.n and 0 < s <= curve.n // 2): return False
    root = pow(r**3 + 7, (curve.p + 1) // 4, curve.p)
    y = root if root % 2 == raw[64] - 27 else curve.p - root
    if not curve.has(r, y): return False
    inverse, e = pow(r, -1, curve.n), int.from_bytes(digest, "big")
    point = curve.add(curve.times(s * inverse % curve.n, (r, y)), curve.times(-e * inverse % curve.n, curve.g))
    public = b"".join(part.to_bytes(32, "big") for part in point or ())
    return point is not None and "0x" + keccak256(public)[12:].hex() == key_id

@lru_cache(1 << 16)
def signed_by_sm2(digest, signature, key_id, public_key):
    curve = SM2
    if not (re.fullmatch("0x[0-9a-f]{128}", signature) and re.fullmatch("04[0-9a-f]{128}", public_key)): return False
    raw, public = bytes.fromhex(signature[2:]), bytes.fromhex(public_key)
    point = int.from_bytes(public[1:33], "big"), int.from_bytes(public[33:], "big")
    if "sm2:" + sm3(public).hex() != key_id or not curve.has(*point): return False
    parts = [curve.a, curve.b, *curve.g, *point]
    z = sm3(b"\x00\x80" + b"1234567812345678" + b"".join(part.to_bytes(32, "big") for part in parts))
    e = int.from_bytes(sm3(z + digest), "big")
    r, s = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
    if not (0 < r < curve.n and 0 < s < curve.n and (r + s) % curve.n): return False
    sum_point = curve.add(curve.times(s, curve.g), curve.times((r + s) % curve.n, point))
    return sum_point is not None and (e + sum_point[0]) % curve.n == r

# ---- Merkle paths (RFC 9162) ------------------------------------------------------------------------------------
def root_from_path(leaf, index, size, path, code):
    check(0 <= index < size < 2**64, code)
    inner = (index ^ (size - 1)).bit_length()
    check(len(path) == inner + bin(index >> inner).count("1"), code)
    for level, sibling in enumerate(path):
        leaf = sha256(b"\x01" + (sibling + leaf if level >= inner or index >> level & 1 else leaf + sibling))
    return leaf
