#!/usr/bin/env python3
"""How long `nsql-ops list` takes in a repository of many backups, and `--version` beside it.

Starts a MariaDB of its own (mariadbd on PATH) with one small table and backs it up many times, then
prints the medians of wall and CPU seconds.

  bench/list.py [--backups N] [--rounds N]
"""

import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

from dump_load import ROOT, Server, measure


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--backups", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    home = pathlib.Path(tempfile.mkdtemp(prefix="nsql-ops-bench-"))
    server = Server(home)
    try:
        server.sql("CREATE DATABASE bench; CREATE TABLE bench.t (id INT PRIMARY KEY); INSERT INTO bench.t VALUES (1)")
        ours, repo = ROOT / "nsql-ops", home / "repo"
        env = dict(os.environ, NSQL_OPS_PASSPHRASE="bench", NSQL_OPS_DB_PASSWORD="")
        subprocess.run([ours, "init", "--quiet", "--repo", repo], env=env, check=True, stdout=subprocess.DEVNULL)
        subprocess.run(["java", "-cp", "%s/cli/target/nsql-ops/lib/*" % ROOT, ROOT / "bench" / "ManyBackups.java",
                        str(options.backups), "mariadb://root@127.0.0.1:%d" % server.port, repo], env=env, check=True)
        listed = subprocess.run([ours, "list", "--repo", repo], env=env, check=True, capture_output=True, text=True)
        found = sum(line[:8].isdigit() for line in listed.stdout.splitlines())
        if found != options.backups:
            sys.exit("%d backups are listed, %d were made" % (found, options.backups))
        print("%-32s %8s %8s" % ("", "wall s", "CPU s"))
        for name, command in (("list of %d backups" % options.backups, "list --repo %s" % repo), ("--version", "--version")):
            runs = [measure(server, "%s %s" % (ours, command), env) for _ in range(options.rounds)]
            wall, cpu = (statistics.median(column) for column in zip(*runs))
            print("%-32s %8.2f %8.2f" % (name, wall, cpu))
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main()
