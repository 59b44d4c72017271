// Verifies a .tlog-proof with nothing but public libraries of the transparency.dev and C2SP community: none of this
// project's code is used.
//
// Usage: stock-verifier PROOF ENTRY LOG_VKEY [WITNESS_VKEY…]
package main

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"os"
	"strings"

	"github.com/transparency-dev/formats/log"
	cosignature "github.com/transparency-dev/formats/note"
	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"golang.org/x/mod/sumdb/note"
)

// must ends the program with exit code 1 when a check fails.
func must[T any](value T, err error) T {
	if err != nil {
		fmt.Println("refused:", err)
		os.Exit(1)
	}
	return value
}

// readProof takes a C2SP tlog-proof apart: index, path, and the checkpoint as it stands.
func readProof(text string) (index uint64, path [][]byte, checkpoint string, err error) {
	head, checkpoint, found := strings.Cut(text, "\n\n")
	lines := bufio.NewScanner(strings.NewReader(head))
	lines.Buffer(nil, 1<<20)
	if !found || !lines.Scan() || lines.Text() != "c2sp.org/tlog-proof@v1" || !lines.Scan() {
		return 0, nil, "", fmt.Errorf("not a tlog-proof")
	}
	// Extra data is for whoever wrote it; nothing here rests on it.
	if strings.HasPrefix(lines.Text(), "extra ") && !lines.Scan() {
		return 0, nil, "", fmt.Errorf("not a tlog-proof")
	}
	if _, err := fmt.Sscanf(lines.Text(), "index %d", &index); err != nil {
		return 0, nil, "", err
	}
	for lines.Scan() {
		hash, err := base64.StdEncoding.DecodeString(lines.Text())
		if err != nil {
			return 0, nil, "", err
		}
		path = append(path, hash)
	}
	return index, path, checkpoint, nil
}

func main() {
	text, entry, logKey, witnessKeys := os.Args[1], os.Args[2], os.Args[3], os.Args[4:]
	index, path, checkpoint, err := readProof(string(must(os.ReadFile(text))))
	must(0, err)

	logVerifier := must(note.NewVerifier(logKey))
	witnesses := []note.Verifier{}
	for _, key := range witnessKeys {
		witnesses = append(witnesses, must(cosignature.NewVerifierForCosignatureV1(key)))
	}
	signed, _, opened, err := log.ParseCheckpoint([]byte(checkpoint), logVerifier.Name(), logVerifier, witnesses...)
	must(0, err)

	leaf := rfc6962.DefaultHasher.HashLeaf(must(os.ReadFile(entry)))
	must(0, proof.VerifyInclusion(rfc6962.DefaultHasher, index, signed.Size, leaf, path, signed.Hash))
	fmt.Printf("entry %d of %d, %d signatures verified\n", index, signed.Size, len(opened.Sigs))
}
