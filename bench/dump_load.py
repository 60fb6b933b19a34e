#!/usr/bin/env python3
"""Dump and load a MariaDB: nsql-ops beside mysqldump, mydumper / myloader, Dumpling and mariadb-import.

Starts a MariaDB of its own (mariadbd on PATH) in a temporary directory, fills it, and runs all
contestants in turn, several rounds, on the same server with the same number of threads. Prints, for
each, the median of wall seconds, of CPU seconds (client and server together) and of megabytes
stored, and the ratio to nsql-ops. On a shared machine CPU is the figure to trust.

Every loading must bring back each table with its count of rows and its checksum. A contestant that
fails is told and has no figures; so is one that is left out.

"mydumper -c" is the one on PATH. The other mydumper contestants use the newest at hand, with the
myloader beside it: $NSQL_OPS_MYDUMPER (the program), else the bed of testbeds/install mydumper, else
PATH. "--compress=ZSTD" (its own zstd, level 3) needs one with zstd, which no Debian release has yet:
sid is at 0.10. "mydumper, then zstd -1" writes a plain directory and then compresses, and decompresses
before it loads, as many files at once as there are threads: every version can do that, and it keeps
all threads busy, where --stream would squeeze them through one pipe.
Dumpling is the one of $NSQL_OPS_DUMPLING, else of the test bed of TiDB (testbeds/install tidb), else on PATH; it
only dumps, since its loader is for TiDB.
"--tab, mariadb-import" is not compressed: with mariadb-dump --tab the server itself writes the files, and
mariadb-import loads them after the tables were made from the .sql files beside them.

"discarded" is no contestant but the limit of all: as many readers as threads read the tables, as binary rows or as
text, and drop what they read; CPU is the server's alone, and wall time holds the start of a Java compiler.

  bench/dump_load.py [--rows N] [--rounds N] [--threads N] [--data strings,numbers,text,prose] [--dump-only]
                     [--pool SIZE] [--skip CONTESTANT]...
"""

import argparse
import os
import pathlib
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from typing import NamedTuple

import prose

ROOT = pathlib.Path(__file__).resolve().parent.parent
TICK = os.sysconf("SC_CLK_TCK")

DATA = {
    "strings": """
CREATE TABLE t{n} (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, k INT NOT NULL, c CHAR(120) NOT NULL,
  pad CHAR(60) NOT NULL, KEY k_1 (k));
INSERT INTO t{n} SELECT seq, FLOOR(RAND({n}1)*1000000),
  CONCAT_WS('-',{eleven}), CONCAT_WS('-',{five}) FROM seq_1_to_{rows};
""".replace("{eleven}", ",".join("LPAD(FLOOR(RAND()*1e10),10,'0')" for _ in range(10)))
    .replace("{five}", ",".join("LPAD(FLOOR(RAND()*1e10),10,'0')" for _ in range(5))),
    "numbers": """
CREATE TABLE n{n} (id BIGINT UNSIGNED PRIMARY KEY, a INT, b INT, c BIGINT, d DECIMAL(12,2), e DOUBLE,
  f DATETIME, g DATE, h TIMESTAMP NULL, i VARCHAR(40), j TINYINT, k SMALLINT, l INT, m DECIMAL(20,6),
  n DATETIME(6), o VARCHAR(20), p INT UNSIGNED, q BIGINT, KEY (a), KEY (f));
INSERT INTO n{n} SELECT seq, RAND()*1e9, seq, seq*seq, RAND()*1e6, RAND(),
  '2020-01-01'+INTERVAL seq SECOND, '2020-01-01'+INTERVAL (seq%3000) DAY,
  '2021-01-01'+INTERVAL seq SECOND, CONCAT('name ',seq), seq%100, seq%30000, RAND()*1e9, RAND()*1e10,
  '2020-01-01'+INTERVAL seq*1000 MICROSECOND, ELT(seq%4+1,'new','paid','sent','done'),
  RAND()*4e9, RAND()*1e18 FROM seq_1_to_{rows};
""",
    "text": """
CREATE TABLE w{n} (id INT PRIMARY KEY, title VARCHAR(200), body TEXT, author VARCHAR(60),
  created DATETIME, KEY (author));
INSERT INTO w{n} SELECT seq, CONCAT({words6}), CONCAT({words40}), CONCAT('author ', seq%5000),
  '2022-01-01'+INTERVAL seq MINUTE FROM seq_1_to_{rows};
""",
    # and rows of prose.py
    "prose": """
CREATE TABLE p{n} (id INT PRIMARY KEY, title VARCHAR(200), body TEXT, author VARCHAR(60),
  created DATETIME, KEY (author));
""",
}

WORDS = (
    "the of and cluster region leader backup to in is a that restore table row index store raft "
    "follower snapshot commit lock wait time request latency after before node failed ready peer "
    "split merge schedule heartbeat timeout retry success error schema column value query plan"
).split()


def word():
    listed = ",".join("'%s '" % w for w in WORDS)
    return "ELT(1+FLOOR(POW(RAND(),2)*%d),%s)" % (len(WORDS), listed)


def fill(server, home, kind, number, rows):
    server.sql("USE bench;" + statements(kind, number, rows))
    if kind == "prose":
        file = home / "prose.txt"
        with open(file, "w") as out:
            out.writelines(prose.rows(number, rows))
        server.sql("LOAD DATA LOCAL INFILE '%s' INTO TABLE bench.p%d" % (file, number))
        file.unlink()


def statements(kind, number, rows):
    sql = DATA[kind].replace("{n}", str(number)).replace("{rows}", str(rows))
    sql = sql.replace("{words6}", ",".join(word() for _ in range(6)))
    return sql.replace("{words40}", ",".join(word() for _ in range(40)))


class Server:
    def __init__(self, home, pool="2G"):
        self.data = home / "data"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        user = ["--user=root"] if os.geteuid() == 0 else []
        subprocess.run(
            ["mariadb-install-db", "--no-defaults", "--auth-root-authentication-method=normal",
             "--skip-test-db", "--datadir=%s" % self.data, *user],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.process = subprocess.Popen(
            ["mariadbd", "--no-defaults", "--datadir=%s" % self.data, "--port=%d" % self.port,
             "--socket=%s" % (home / "s.sock"), "--bind-address=127.0.0.1", "--local-infile=1",
             "--innodb-buffer-pool-size=%s" % pool, "--innodb-log-file-size=1G", "--skip-log-bin",
             "--max-allowed-packet=64M", "--default-time-zone=+00:00", *user],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(240):
            if subprocess.run(self.client("-e", "SELECT 1"), stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL).returncode == 0:
                return
            time.sleep(0.25)
        sys.exit("mariadbd did not start")

    def client(self, *more, program="mariadb"):
        return [program, "--no-defaults", "-uroot", "-h127.0.0.1", "-P%d" % self.port, *more]

    def sql(self, text):
        done = subprocess.run(self.client("-N"), input=text.encode(), check=True, stdout=subprocess.PIPE)
        return [line.split("\t") for line in done.stdout.decode().splitlines()]

    def tables(self):
        names = self.sql("SELECT table_name FROM information_schema.tables WHERE table_schema = 'bench'")
        return sorted("bench." + name for name, in names)

    def content(self):
        """Of every table in bench: how many rows, and a checksum over them."""
        return {table: "%s rows, checksum %s" % (
            self.sql("SELECT COUNT(*) FROM %s" % table)[0][0],
            self.sql("CHECKSUM TABLE %s" % table)[0][1]) for table in self.tables()}

    def cpu(self):
        fields = open("/proc/%d/stat" % self.process.pid).read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)


def size(path):
    if path.is_file():
        return path.stat().st_size
    return sum(f.stat().st_size for f in path.rglob("*") if f.is_file())


class Failure(Exception):
    pass


def measure(server, command, env=None, client_too=True):
    """Wall and CPU seconds of a shell command; CPU is the server's and, unless told otherwise, the client's."""
    before, children, start = server.cpu(), os.times(), time.monotonic()
    done = subprocess.run(["bash", "-c", "set -o pipefail; " + command], env=env,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    wall, after = time.monotonic() - start, os.times()
    if done.returncode != 0:
        raise Failure("%s\n%s" % (command, done.stdout.decode(errors="replace").strip()[-2000:]))
    client = after.children_user - children.children_user
    client += after.children_system - children.children_system
    return wall, server.cpu() - before + (client if client_too else 0)


class Contestant(NamedTuple):
    """Shell commands, and where the dump lies; prepare and check are not timed."""
    dump: str = None
    load: str = None
    where: pathlib.Path = None
    prepare: str = "true"
    check: str = "true"
    missing: str = None  # why it is left out
    client_too: bool = True  # whether the client's CPU counts


def newest(variable, in_beds, name):
    """The program's path, or None: named by hand, from the test bed, or on PATH."""
    cache = os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache"
    beds = pathlib.Path(os.environ.get("NSQL_OPS_TESTBEDS") or pathlib.Path(cache, "nsql-ops/testbeds"))
    bed = sorted(beds.glob(in_beds))  # a half built one has another name
    return os.environ.get(variable) or (str(bed[-1]) if bed else shutil.which(name))


def newest_mydumper():
    return newest("NSQL_OPS_MYDUMPER", "mydumper-*/bin/mydumper", "mydumper")


def newest_dumpling():
    return newest("NSQL_OPS_DUMPLING", "tidb-*/dumpling", "dumpling")


def output(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    return (done.stdout or done.stderr).strip()


def contestants(server, home, threads):
    """Name -> contestant."""
    login = "-uroot -h127.0.0.1 -P%d" % server.port
    ours = ROOT / "nsql-ops"
    url = "mariadb://root@127.0.0.1:%d" % server.port
    repo = home / "repo"
    all_of = {
        "nsql-ops": Contestant(
            "%s backup --quiet --source %s --repo %s --include bench --threads %d"
            % (ours, url, repo, threads),
            "%s restore --quiet --target %s --repo %s --threads %d" % (ours, url, repo, threads),
            repo, prepare="%s init --quiet --repo %s" % (ours, repo)),
        "nsql-ops, no verify": Contestant(
            None,
            "%s restore --quiet --verify none --target %s --repo %s --threads %d"
            % (ours, url, repo, threads)),
    }
    for level in (1, 3):
        file = home / ("dump%d.sql.zst" % level)
        all_of["mysqldump | zstd -%d" % level] = Contestant(
            "mariadb-dump --no-defaults %s --single-transaction --databases bench | zstd -q -%d -T1"
            " -f -o %s" % (login, level, file),
            "zstd -q -dc %s | mariadb --no-defaults %s" % (file, login) if level == 1 else None,
            file, check="zstd -q -dc %s | tail -n 1 | grep 'Dump completed'" % file,
            missing=lacks("mariadb-dump", "zstd"))

    login = "-u root -h 127.0.0.1 -P %d -t %d" % (server.port, threads)
    mydumper = newest_mydumper() or "mydumper"
    loader = pathlib.Path(mydumper).with_name("myloader")
    out = home / "mydumper"
    all_of["mydumper -c"] = Contestant(
        "mydumper %s -B bench -c -o %s" % (login, out), "myloader %s -o -d %s" % (login, out),
        out, missing=lacks("mydumper", "myloader"))
    out = home / "mydumper-zstd"
    no_zstd = None
    if not lacks(mydumper) and "zstd" not in output(mydumper, "--help").lower():
        no_zstd = "%s has no zstd" % output(mydumper, "--version").splitlines()[0]
    all_of["mydumper --compress=ZSTD"] = Contestant(
        "%s %s -B bench --compress=ZSTD -o %s" % (mydumper, login, out),
        "%s %s -d %s" % (loader, login, out), out, missing=lacks(mydumper, loader, "zstd") or no_zstd)
    out, plain = home / "mydumper-plain", home / "mydumper-again"
    each = "-print0 | xargs -0 -n 1 -P %d zstd -q" % threads
    all_of["mydumper, then zstd -1"] = Contestant(
        "%s %s -B bench -o %s && find %s -name '*.sql' %s -1 -T1 --rm" % (mydumper, login, out, out, each),
        "rm -rf %s && mkdir %s && cp %s/metadata %s && find %s -name '*.zst' %s -d --output-dir-flat %s"
        " && %s %s -d %s" % (plain, plain, out, plain, out, each, plain, loader, login, plain),
        out, missing=lacks(mydumper, loader, "zstd"))

    dumpling = newest_dumpling() or "dumpling"
    out = home / "dumpling"
    all_of["dumpling, its zstd"] = Contestant(
        "%s -u root -h 127.0.0.1 -P %d -t %d -B bench -r 200000 --compress zstd -o %s"
        % (dumpling, server.port, threads, out), where=out, missing=lacks(dumpling))

    login = "--no-defaults -uroot -h127.0.0.1 -P%d" % server.port
    out = home / "tab"
    all_of["--tab, mariadb-import"] = Contestant(
        "mariadb-dump %s --single-transaction --tab %s bench" % (login, out),
        "mariadb %s -e 'CREATE DATABASE bench' && cat %s/*.sql | mariadb %s bench && "
        "mariadb-import %s --local --use-threads=%d bench %s/*.txt"
        % (login, out, login, login, threads, out),
        out, prepare="mkdir %s" % out, missing=lacks("mariadb-dump", "mariadb-import"))

    tables = " ".join(server.tables())
    for rows in ("binary", "text"):
        all_of["discarded, %s rows" % rows] = Contestant(
            "java -XX:+UseSerialGC -cp '%s/cli/target/nsql-ops/lib/*' %s/bench/DiscardRows.java %s %d %d %s"
            % (ROOT, ROOT, rows, server.port, threads, tables), client_too=False)
    return all_of


def lacks(*programs):
    """What is missing of these programs, or None."""
    gone = [str(p) for p in programs if not shutil.which(p)]
    return "no %s" % " and no ".join(gone) if gone else None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=500000)
    parser.add_argument("--tables", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--data", default="strings,numbers,text,prose")
    parser.add_argument("--dump-only", action="store_true")
    parser.add_argument("--skip", action="append", default=[], metavar="CONTESTANT", help="leave one out, by its name")
    parser.add_argument("--pool", default="2G", help="the server's buffer pool; as large as the data, or disks are measured")
    options = parser.parse_args()
    # each table when it is there, also into a file
    sys.stdout.reconfigure(line_buffering=True)
    home = pathlib.Path(tempfile.mkdtemp(prefix="nsql-ops-bench-"))
    server = Server(home, options.pool)
    try:
        for program in ("mariadbd", "mariadb-import", "mydumper", "zstd"):
            if shutil.which(program):
                print(output(program, "--version").splitlines()[0])
        mydumper = newest_mydumper()
        if mydumper and mydumper != shutil.which("mydumper"):
            print("newest mydumper: %s" % (lacks(mydumper) or output(mydumper, "--version").splitlines()[0]))
        if newest_dumpling():
            print("dumpling: %s" % newest_dumpling())
        for name, contestant in contestants(server, home, options.threads).items():
            if contestant.missing:
                print("left out: %s: %s" % (name, contestant.missing))
        for kind in options.data.split(","):
            compare(server, home, kind, options)
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)


def compare(server, home, kind, options):
    server.sql("DROP DATABASE IF EXISTS bench; CREATE DATABASE bench")
    for number in range(1, options.tables + 1):
        fill(server, home, kind, number, options.rows)
    expected = server.content()
    env = dict(os.environ, NSQL_OPS_PASSPHRASE="bench", NSQL_OPS_DB_PASSWORD="")
    present = {n: c for n, c in contestants(server, home, options.threads).items()
               if not c.missing and n not in options.skip}
    stored = {}

    def dump(name, contestant):
        if contestant.where and contestant.where.is_dir():
            shutil.rmtree(contestant.where)
        measure(server, contestant.prepare, env)
        figures = measure(server, contestant.dump, env, contestant.client_too)
        measure(server, contestant.check, env)
        if contestant.where:
            stored[name] = size(contestant.where)
        return figures

    def load(name, contestant):
        server.sql("DROP DATABASE IF EXISTS bench")
        figures = measure(server, contestant.load, env)
        loaded = server.content()
        if loaded != expected:
            raise Failure("loaded %s instead of %s" % (loaded or "nothing", expected))
        return figures

    # all rounds of dumping first: loading replaces what is dumped
    dumps, failed = run(dump, {n: c for n, c in present.items() if c.dump}, options.rounds)
    report("dump", kind, dumps, failed, stored, options)
    if options.dump_only:
        return
    undumped = {name: "its dump did" for name in failed if present[name].load}
    loadable = {n: c for n, c in present.items() if c.load and n not in failed}
    loads, failed = run(load, loadable, options.rounds)
    report("load", kind, loads, {**undumped, **failed}, {}, options)


def run(what, present, rounds):
    """Name -> figures of every round, and name -> why it failed."""
    runs, failed = {name: [] for name in present}, {}
    for _ in range(rounds):
        for name in [n for n in present if n not in failed]:
            try:
                runs[name].append(what(name, present[name]))
            except Failure as failure:
                failed[name] = failure
                del runs[name]
    return runs, failed


def report(what, kind, runs, failed, stored, options):
    print("\n%s of %s: %d tables x %d rows, %d threads, medians of %d rounds" % (
        what, kind, options.tables, options.rows, options.threads, options.rounds))
    print("%-24s %8s %8s %8s %10s %10s" % ("", "wall s", "CPU s", "MB", "wall ratio", "CPU ratio"))
    medians = {n: [statistics.median(c) for c in zip(*r)] for n, r in runs.items()}
    base = medians.get("nsql-ops", (float("nan"), float("nan")))
    for name, (wall, cpu) in medians.items():
        megabytes = "%.1f" % (stored[name] / 1e6) if name in stored else ""
        print("%-24s %8.2f %8.2f %8s %10.2f %10.2f" % (
            name, wall, cpu, megabytes, wall / base[0], cpu / base[1]))
    for name, why in failed.items():
        print("%-24s FAILED: %s" % (name, why))


if __name__ == "__main__":
    main()
