#!/usr/bin/env python3
"""Reads a backup repository from its directory, knowing only docs/repository-format.md.

This is no tool for restoring. It is the specification by example, and the proof that the
specification is enough. It opens every backup, decodes everything that a manifest names, and checks
every digest, count and order that the page promises; § refers to its sections.

    python3 -m pip install cryptography zstandard argon2-cffi
    NSQL_OPS_PASSPHRASE=... python3 read_repository.py DIRECTORY
    NSQL_OPS_PASSPHRASE=... python3 read_repository.py DIRECTORY --rows shop.customers

Without a passphrase it reads unencrypted repositories, and only those. Standard output gets one
line per backup; with --rows the canonical text of that table instead, backup after backup. Exit code
0: all is right. 4: something is wrong, and standard error says with which object. 2: wrong usage.
"""

import base64
import hashlib
import hmac
import json
import os
import re
import struct
import sys
import unicodedata
from decimal import Decimal
from pathlib import Path

import zstandard
from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

LARGEST_CONTENT = 256 << 20
LARGEST_INLINE = 4096
FENCE = b"nsql-ops fence/1\n"
KINDS = {"DATABASE", "SEQUENCE", "FUNCTION", "PROCEDURE", "PACKAGE", "PACKAGE_BODY", "VIEW", "TRIGGER", "EVENT",
         "ACCOUNT", "GRANTS"}


class Wrong(Exception):
    """What is wrong, and with which object."""

    def __init__(self, key, what):
        super().__init__(f"{key}: {what}")


def check(key, holds, what):
    if not holds:
        raise Wrong(key, what)


def unbase64(text):
    return base64.b64decode(text, validate=True)


class Repository:
    def __init__(self, directory, passphrase):
        self.root = Path(directory)
        self.passphrase = passphrase
        # Not the descriptor decides this, which anybody could have changed, but what we were given.
        self.encrypted = passphrase is not None
        self.last = ""  # the object looked at last, to be blamed for what has not the form it must have

    # --- §1 objects and descriptor ----------------------------------------------------------------

    def open(self):
        key = "nsql-ops.json"
        descriptor = json.loads(self.stored(key))
        check(key, descriptor["format"] == "nsql-ops-repository", "describes no repository")
        check(key, descriptor["version"] == 1, "is of an unknown version")
        self.id = descriptor["id"]
        keys = self.key_set()
        self.id_key = unbase64(keys["idKey"])
        self.data_keys = {int(number): unbase64(key) for number, key in keys["dataKeys"].items()}

    def stored(self, key):
        self.last = key
        try:
            return (self.root / key).read_bytes()
        except OSError as e:
            raise Wrong(key, f"cannot be read: {e.strerror}") from e

    def backups(self):
        """A backup exists if and only if its manifest does, and is no fence (§6.4)."""
        manifests = self.root.glob("backups/*/manifest")
        return sorted(m.parent.name for m in manifests if m.read_bytes() != FENCE and not self.alone(m))

    @staticmethod
    def alone(manifest):
        """Whether it is an empty one with nothing beside it: a fence of earlier versions (§6.4)."""
        return manifest.stat().st_size == 0 and len(list(manifest.parent.iterdir())) == 1

    def chunk_objects(self, id):
        """Where a chunk may lie: under its id, or under another name of it (§6.3)."""
        place = f"chunks/{id[:2]}/{id}"
        return [place] + [f"{place}.{o.suffix[1:]}" for o in sorted(self.root.glob(f"{place}.*"))]

    def chunk(self, id):
        """The first object of a chunk that decodes to what the id names, and its text."""
        damage = None
        for place in self.chunk_objects(id):
            try:
                text = self.unseal(place, self.stored(place))
                check(place, self.digest(text).hex() == id, f"does not decode to what {id} names")
                return place, text
            except Wrong as e:
                damage = damage or e
        raise damage

    # --- §2 sealed objects ------------------------------------------------------------------------

    def unseal(self, key, stored):
        check(key, len(stored) > 21, "is too short")
        header, body = stored[:21], stored[21:]
        magic, version, algorithm, data_key, nonce = struct.unpack(">3sBBI12s", header)
        check(key, magic == b"NSQ" and version == 1, "is no sealed object of version 1")
        check(key, algorithm == int(self.encrypted), f"is sealed by algorithm {algorithm}")
        if self.encrypted:
            check(key, data_key in self.data_keys, f"is sealed with the unknown key {data_key}")
            bound_to = self.id.encode() + b"\0" + key.encode() + header
            try:
                body = AESGCM(self.data_keys[data_key]).decrypt(nonce, body, bound_to)
            except InvalidTag as e:
                raise Wrong(key, "is not authentic") from e
        else:
            check(key, data_key == 0 and nonce == bytes(12), "has a key or nonce, but is not encrypted")
        try:
            size = zstandard.frame_content_size(body)
            check(key, 0 <= size <= LARGEST_CONTENT, f"has a content size of {size}")
            content = zstandard.ZstdDecompressor().decompress(body, allow_extra_data=False)
        except zstandard.ZstdError as e:
            raise Wrong(key, f"does not hold a zstd frame: {e}") from e
        check(key, len(content) == size, "has another content size than it states")
        return content

    # --- §3 key slots -----------------------------------------------------------------------------

    def key_set(self):
        refused = []
        # Of two slots that open, the one with more keys; what a slot says of itself only sorts them.
        for slot in sorted(self.root.glob("keys/*"), key=lambda s: (-self.claimed_primary(s), s.name)):
            key = f"keys/{slot.name}"
            try:
                return self.open_slot(key)
            except Wrong as e:
                refused.append(str(e))
            except (KeyError, TypeError, ValueError) as e:
                refused.append(f"{key}: is no key slot: {e!r}")
        raise Wrong("keys/", "; ".join(["none opens"] + refused))

    def claimed_primary(self, slot):
        try:
            return int(json.loads(self.stored(f"keys/{slot.name}")).get("primary", 0))
        except (AttributeError, TypeError, ValueError):
            return 0

    def open_slot(self, key):
        slot = json.loads(self.stored(key))
        check(key, slot["format"] == "nsql-ops-key-slot" and slot["version"] == 1, "is no key slot")
        check(key, slot["kind"] == ("passphrase" if self.encrypted else "clear"), f"is {slot['kind']}")
        if not self.encrypted:
            check(key, slot["repository"] == self.id, "belongs to another repository")
            check(key, not slot["keys"]["dataKeys"], "holds data keys in clear")
            return slot["keys"]
        kdf = slot["kdf"]
        known = (kdf["name"], kdf["version"], slot["cipher"]) == ("argon2id", 19, "AES-256-GCM")
        check(key, known, "has unknown algorithms")
        costs = {"time_cost": kdf["passes"], "memory_cost": kdf["memoryKiB"], "parallelism": kdf["lanes"]}
        sane = kdf["passes"] <= 64 and kdf["memoryKiB"] <= 1 << 20 and kdf["lanes"] <= 16
        check(key, sane, "asks for too much work")
        secret = unicodedata.normalize("NFC", self.passphrase).encode()
        try:
            derived = hash_secret_raw(secret, unbase64(kdf["salt"]), hash_len=32, type=Type.ID, **costs)
            bound_to = f"nsql-ops-key-slot/1\0{self.id}".encode()
            text = AESGCM(derived).decrypt(unbase64(slot["nonce"]), unbase64(slot["wrapped"]), bound_to)
        except (InvalidTag, HashingError) as e:
            raise Wrong(key, "belongs to another passphrase or repository, or is damaged") from e
        return json.loads(text)

    def digest(self, text):
        return hmac.digest(self.id_key, text, "sha256")


# --- §4 canonical text --------------------------------------------------------------------------

INTEGERS = {"tinyint", "smallint", "mediumint", "int", "bigint"}
DATE, CLOCK, FLOATING = rb"\d{4}-\d\d-\d\d", rb"\d\d:\d\d(\.\d{1,6})?", rb"-?\d+(\.\d+)?(E-?\d+)?"
FORMS = {
    **dict.fromkeys(INTEGERS, rb"0|-?[1-9]\d*"),
    **dict.fromkeys(("float", "double"), FLOATING),
    **dict.fromkeys(("datetime", "timestamp"), DATE + rb" \d\d:" + CLOCK),
    "year": rb"\d{4}",
    "decimal": rb"-?\d+(\.\d+)?",
    "date": DATE,
    "time": rb"-?\d{2,3}:" + CLOCK,
}
FORMS = {type: re.compile(rb"\\N|" + form) for type, form in FORMS.items()}
ANY_BYTES = re.compile(rb"\\N|([^\\\t\n\0]|\\[\\tn0])*")
ESCAPED = {b"\\\\": b"\\", b"\\t": b"\t", b"\\n": b"\n", b"\\0": b"\0"}


def sortable(type, text):
    """A value that sorts as the server sorts this key column; None where only it can tell."""
    if type in INTEGERS or type in ("decimal", "float", "double"):
        return Decimal(text.decode())
    if type in ("date", "datetime", "timestamp", "year"):
        return text
    if type in ("binary", "varbinary"):
        return re.sub(rb"\\.", lambda escape: ESCAPED[escape.group()], text)
    return None


def may_follow(types, before, after):
    """Whether one key can come after another, as far as that shows without the server's collations."""
    for type, a, b in zip(types, before.split(b"\t"), after.split(b"\t")):
        if a != b:
            return sortable(type, a) is None or sortable(type, a) < sortable(type, b)
    return False


def cut_hash(text):
    h = 0xCBF29CE484222325
    for byte in text:
        h = ((h ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    for multiplier in (0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53):
        h = ((h ^ (h >> 33)) * multiplier) & 0xFFFFFFFFFFFFFFFF
    return h ^ (h >> 33)


def ends_chunk(shift, row, key):
    return len(row) >= 1 << shift or cut_hash(key) < len(row) << (64 - shift)


# --- §5 a backup --------------------------------------------------------------------------------


def document(repository, key, reference=None):
    """One of the JSON objects, checked against what refers to it."""
    stored = repository.stored(key)
    if reference is not None:
        check(key, len(stored) == reference["bytes"], "has another size")
        check(key, hashlib.sha256(stored).hexdigest() == reference["sha256"], "has another SHA-256")
    value = json.loads(repository.unseal(key, stored))
    check(key, value["version"] == 1, "is of an unknown version")
    return value


def raw(value):
    """Raw text: a string, or base64 where the bytes are not UTF-8."""
    return unbase64(value["base64"]) if isinstance(value, dict) else value.encode()


def read_chunk(repository, section, chunk):
    """The object that holds a chunk, and its canonical text, checked against the section's entry."""
    id, rows, size, _, _, _, inline = chunk
    if inline is None:
        where, text = repository.chunk(id)
    else:
        where = section
        text = raw(inline)
    check(where, repository.digest(text).hex() == id, f"does not decode to what {id} names")
    check(where, (inline is not None) == (size <= LARGEST_INLINE), f"is no place for chunk {id}")
    check(where, len(text) == size, f"has another number of bytes in chunk {id}")
    check(where, text.endswith(b"\n") and text.count(b"\n") == rows, f"has other rows in chunk {id}")
    return where, text


def read_table(repository, section, table, take):
    """Checks a table and hands its text on; what its totals are."""
    types = [type for _, type, _ in table["columns"]]
    forms = [FORMS.get(type, ANY_BYTES) for type in types] or [ANY_BYTES]
    keys, shift = table["keyColumns"], table["targetShift"]
    check(section, len(raw(table["ddl"])) > 0, "has a table without DDL")
    check(section, 0 <= keys <= len(types) and 8 <= shift <= 26, "has impossible figures")
    totals = {"rows": 0, "bytes": 0, "storedBytes": 0, "chunks": len(table["chunks"])}
    sum_of_rows, previous = 0, None
    for number, chunk in enumerate(table["chunks"], 1):
        where, text = read_chunk(repository, section, chunk)
        filled = 0
        for row in text[:-1].split(b"\n"):
            check(where, filled == 0 or not (natural or forced), "goes on after a row that ends it")
            fields = row.split(b"\t")
            formed = len(fields) == len(forms) and all(f.fullmatch(v) for f, v in zip(forms, fields))
            check(where, formed, f"has a row that is not canonical: {row[:80]}")
            key = b"\t".join(fields[:keys])
            row += b"\n"
            if keys:
                check(where, previous is None or may_follow(types, previous, key), "is not in key order")
                previous = key
            else:
                sum_of_rows += int.from_bytes(repository.digest(row), "big")
            filled += len(row)
            natural = ends_chunk(shift, row, key or row)
            forced = not natural and filled >= 4 << shift
        check(where, natural or forced or number == len(table["chunks"]), "ends too early")
        check(section, chunk[5] == forced, f"is wrong about how {chunk[0]} ends")
        last_key = None if chunk[4] is None else raw(chunk[4])
        check(section, last_key == (key or None), f"is wrong about the last key of {chunk[0]}")
        totals["rows"] += chunk[1]
        totals["bytes"] += chunk[2]
        totals["storedBytes"] += chunk[3]
        take(text)
    digest = "" if keys else f"{sum_of_rows % (1 << 256):064x}"
    check(section, table["rowsDigest"] == digest, "is wrong about the rows of a table without a key")
    return totals


def read_backup(repository, id, wanted):
    folder = f"backups/{id}"
    manifest_key = f"{folder}/manifest"
    manifest = document(repository, manifest_key)
    check(manifest_key, re.fullmatch(r"\d{8}T\d{6}Z-[0-9a-f]{8}", id), "has no id of a backup")
    check(manifest_key, manifest["id"] == id, "is that of another backup")
    check(manifest_key, manifest["codec"] == 1, "has an unknown codec")
    schema = manifest["schema"]["key"]
    check(manifest_key, schema == f"{folder}/schema", "names a schema elsewhere")
    for object in document(repository, schema, manifest["schema"])["objects"]:
        check(schema, object["kind"] in KINDS, f"has an object of the unknown kind {object['kind']}")
        check(schema, all(raw(s) for s in object["statements"]), "has an empty statement")
    totals = dict.fromkeys(("tables", "rows", "bytes", "storedBytes", "chunks"), 0)
    names = set()
    for number, reference in enumerate(manifest["sections"]):
        section = reference["key"]
        check(manifest_key, section == f"{folder}/sections/{number:06}", "names a section elsewhere")
        for table in document(repository, section, reference)["tables"]:
            name = (table["database"], table["table"])
            check(section, name not in names, f"has the table {name} again")
            names.add(name)
            take = sys.stdout.buffer.write if wanted == ".".join(name) else len
            for figure, value in read_table(repository, section, table, take).items():
                totals[figure] += value
            totals["tables"] += 1
    promised = manifest["totals"]
    for figure, value in totals.items():
        check(manifest_key, promised[figure] == value, f"is wrong about {figure}: there are {value}")
    check(manifest_key, 0 <= promised["newChunks"] <= totals["chunks"], "has too many new chunks")
    return "{} tables={tables} rows={rows} bytes={bytes} chunks={chunks}".format(id, **totals)


def main(arguments):
    if len(arguments) not in (1, 3) or arguments[1:2] not in ([], ["--rows"]):
        print(__doc__, file=sys.stderr)
        return 2
    wanted = os.fsencode(arguments[2]).decode() if len(arguments) == 3 else None
    passphrase = os.environb.get(b"NSQL_OPS_PASSPHRASE")
    repository = Repository(arguments[0], None if passphrase is None else passphrase.decode())
    try:
        repository.open()
        for id in repository.backups():
            line = read_backup(repository, id, wanted)
            if wanted is None:
                print(line)
    except Wrong as e:
        print(e, file=sys.stderr)
        return 4
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as e:
        print(f"{repository.last}: has not the form it must have: {e!r}", file=sys.stderr)
        return 4
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
