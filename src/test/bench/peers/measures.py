"""Loads a herd, and waits until its servers agree."""

import csv
import hashlib
import io
import json
import socket
import subprocess
import threading
import time

CONNECTIONS = 64
ASKED_CLIENTS = 10_000
AGREE_SECONDS = 120


class Load:
    """The load generator of src/test/bench/load.c."""

    def __init__(self, binary):
        self.binary = binary

    def begin(self, port, **options):
        words = [self.binary, "-p", str(port)]
        for key, value in {"c": CONNECTIONS, **options}.items():
            words += [f"-{key}", str(value)]
        return subprocess.Popen(words, stdout=subprocess.PIPE, text=True)

    def end(self, process):
        report = json.loads(process.communicate()[0])
        if report.get("errors"):
            print(f"  load saw errors: {report}", flush=True)
        return report

    def run(self, port, **options):
        return self.end(self.begin(port, **options))


class Asker:
    """A connection of a client that asks where others are."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.file = self.socket.makefile("rb")

    def close(self):
        self.file.close()
        self.socket.close()

    def answers(self, lines):
        """The first lines of all answers."""
        sender = threading.Thread(target=self.socket.sendall, args=(b"".join(lines) + b"END\n",))
        sender.start()
        found = []
        for line in self.file:
            if line.startswith((b"AT ", b"? ")):
                found.append(line)
                if line == b"? END\n":
                    break
        else:
            raise ConnectionError("a server closed a connection before it had answered")
        sender.join()
        return found[:-1]


def question(client):
    return b"WHATSAT %s 0 0\n" % client


def seconds_until_agreed(ports, clients):
    """
    How long it takes until all servers answer the same about clients spread over all, and know a client that reported to the
    first after the load; None when that takes too long.
    """
    began = time.monotonic()
    asked = [question(b"load-%08d" % client) for client in range(0, clients, max(1, clients // ASKED_CLIENTS))]
    last = b"last-%d" % time.time_ns()
    askers = [Asker(port) for port in ports]
    try:
        askers[0].answers([b"IAMAT %s +34-118 %.9f\n" % (last, time.time())])
        waiting = list(askers)
        while waiting and time.monotonic() < began + AGREE_SECONDS:
            waiting = [asker for asker in waiting if asker.answers([question(last)])[0].startswith(b"? ")]
            time.sleep(0.005)
        while time.monotonic() < began + AGREE_SECONDS:
            since = time.monotonic() - began
            if len({digest(asker.answers(asked)) for asker in askers}) == 1:
                return since
        return None
    finally:
        for asker in askers:
            asker.close()


def digest(lines):
    return hashlib.sha256(b"".join(lines)).digest()


def redis_rate(redis, depth, clients, seconds):
    """GEOADDs a second, of members and positions taken at random; 64 connections."""
    geoadd = ["GEOADD", "herd", "__rand_int__e-4", "__rand_int__e-5", "load-__rand_int__"]

    def rate(count):
        words = [redis.benchmark, "-p", redis.base, "-c", CONNECTIONS, "-P", depth, "-r", clients, "-n", count, "--csv", *geoadd]
        text = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=True).stdout
        return float(list(csv.reader(io.StringIO(text)))[-1][1])

    return rate(int(rate(50_000) * seconds))


def await_replicas(redis):
    for port in redis.ports[1:]:
        while redis.info(port, "master_link_status") != "up":
            time.sleep(0.05)


def redis_seconds_until_agreed(redis):
    began = time.monotonic()
    offset = int(redis.info(redis.base, "master_repl_offset"))
    for port in redis.ports[1:]:
        while int(redis.info(port, "slave_repl_offset") or 0) < offset:
            if time.monotonic() > began + AGREE_SECONDS:
                return None
    return time.monotonic() - began
