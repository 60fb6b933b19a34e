#!/usr/bin/env python3
"""How much a second backup uploads, after one change or another.

Starts a MariaDB of its own (mariadbd on PATH) with one large table, whose keys have gaps, and some
small ones. Each change is made to the same first state and backed up into a copy of the repository
that holds the first backup. Prints the new bytes in the store, manifest and sections included, as a
share of all that the first backup stored, and how many chunks are new.

  bench/second_backup.py [--rows N]
"""

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from dump_load import ROOT, Server, size

TABLE = """
CREATE TABLE big (id BIGINT PRIMARY KEY, k INT NOT NULL, name VARCHAR(40), c CHAR(120) NOT NULL, at DATETIME);
INSERT INTO big SELECT seq * 10, FLOOR(RAND(1) * 1000000), CONCAT('name ', seq),
  CONCAT_WS('-', MD5(seq * 3), MD5(seq * 3 + 1), MD5(seq * 3 + 2)), '2020-01-01' + INTERVAL seq SECOND
  FROM seq_1_to_{rows};
"""
SMALL = "CREATE TABLE small{n} (id INT PRIMARY KEY, v VARCHAR(80)); INSERT INTO small{n} SELECT seq, MD5(seq + {n}) FROM seq_1_to_500;"

# name, statements, threads, most of the first backup's bytes in per cent (None: no goal)
CHANGES = [
    ("nothing", "", 2, 0.1),
    ("nothing, 4 threads", "", 4, 0.1),
    ("nothing, 1 thread", "", 1, 0.1),
    ("1 % of the rows appended",
     "INSERT INTO big SELECT ({rows} + seq) * 10, FLOOR(RAND(2) * 1000000), CONCAT('name ', seq),"
     " CONCAT_WS('-', MD5(CONCAT('a', seq)), MD5(CONCAT('b', seq)), MD5(CONCAT('c', seq))), '2024-01-01' + INTERVAL seq SECOND"
     " FROM seq_1_to_{part}", 2, 1.5),
    ("1 % next to each other updated",
     "UPDATE big SET c = CONCAT_WS('-', MD5(id), MD5(k), MD5(name)) WHERE id > {middle} AND id <= {middle} + {part} * 10",
     2, 2.5),
    ("one row put in the middle", "INSERT INTO big VALUES ({middle} + 5, 1, 'new', 'new', NOW())", 2, None),
    ("one row deleted in the middle", "DELETE FROM big WHERE id = {middle}", 2, None),
    ("one row updated in the middle", "UPDATE big SET k = k + 1 WHERE id = {middle}", 2, None),
]


def backup(server, repo, threads):
    command = [ROOT / "nsql-ops", "backup", "--output", "json", "--quiet", "--repo", repo,
               "--source", "mariadb://root@127.0.0.1:%d" % server.port, "--include", "bench", "--threads", str(threads)]
    env = dict(os.environ, NSQL_OPS_PASSPHRASE="bench", NSQL_OPS_DB_PASSWORD="")
    done = subprocess.run(command, env=env, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(done.stderr)
    return json.loads(done.stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=2000000)
    rows = parser.parse_args().rows
    sys.stdout.reconfigure(line_buffering=True)
    home = pathlib.Path(tempfile.mkdtemp(prefix="nsql-ops-bench-"))
    server = Server(home)
    try:
        server.sql("CREATE DATABASE bench; USE bench;" + TABLE.replace("{rows}", str(rows))
                   + "".join(SMALL.replace("{n}", str(n)) for n in range(20)))
        first, work = home / "first", home / "work"
        env = dict(os.environ, NSQL_OPS_PASSPHRASE="bench")
        subprocess.run([ROOT / "nsql-ops", "init", "--quiet", "--repo", first], env=env, check=True, stdout=subprocess.DEVNULL)
        empty = size(first)
        backup(server, first, 2)
        stored = size(first) - empty
        print("first backup: %d rows, %.1f MB stored" % (rows, stored / 1e6))
        print("%-32s %12s %9s %9s %s" % ("then", "new bytes", "% of all", "chunks", "goal"))
        for name, change, threads, goal in CHANGES:
            shutil.copytree(first, work)
            if change:
                server.sql("DROP DATABASE IF EXISTS kept; CREATE DATABASE kept; CREATE TABLE kept.big LIKE bench.big;"
                           "INSERT INTO kept.big SELECT * FROM bench.big")
                server.sql("USE bench;" + change.format(rows=rows, part=rows // 100, middle=rows // 2 * 10))
            made = backup(server, work, threads)
            new = size(work) - size(first)
            share = 100.0 * new / stored
            told = "" if goal is None else "%s %.1f %%" % ("<=" if share <= goal else "MISSED, wanted <=", goal)
            print("%-32s %12d %9.3f %9d %s" % (name, new, share, made["newChunks"], told))
            if change:
                server.sql("DROP TABLE bench.big; RENAME TABLE kept.big TO bench.big")
            shutil.rmtree(work)
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main()
