"""What a herd server in Python is without its sockets: commands, locations, traffic log. Twisted's and asyncio's share it."""

import argparse
import json
import re
import time
import urllib.request
from pathlib import Path

NEIGHBOURS = {
    "Alford": ["Parker", "Welsh"],
    "Bolden": ["Parker", "Welsh"],
    "Hamilton": ["Parker"],
    "Parker": ["Alford", "Bolden", "Hamilton"],
    "Welsh": ["Alford", "Bolden"],
}
NAMES = list(NEIGHBOURS)
MAX_LINE = 8192
RECONNECT_SECONDS = 0.2

IAMAT = re.compile(rb"\s*IAMAT\s+(\S+)\s+([+-]\d+(?:\.\d+)?)([+-]\d+(?:\.\d+)?)\s+((\d{1,10})(?:\.(\d+))?)\s*")
WHATSAT = re.compile(rb"\s*WHATSAT\s+(\S+)\s+(\d+(?:\.\d+)?)\s+(\d+)\s*")
AT = re.compile(rb"AT \S+ [+-]\d+\.\d{9} (\S+) \S+ (\d{1,10})(?:\.(\d+))?")
POSITION = re.compile(r"([+-][0-9.]+)([+-][0-9.]+)")
NOTHING = b'{\n   "html_attributions" : [],\n   "results" : [],\n   "status" : "ZERO_RESULTS"\n}\n\n'


def arguments():
    parser = argparse.ArgumentParser(description="one server of a herd")
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("--base-port", type=int, required=True, help="Alford's; the others' follow")
    parser.add_argument("--log", type=Path, required=True, metavar="DIR")
    parser.add_argument("--places", help="URL or file of a document as of Google Places Nearby Search; none by default")
    return parser.parse_args()


def nanoseconds(seconds, fraction):
    return int(seconds) * 1_000_000_000 + (int(fraction[:9].ljust(9, b"0")) if fraction else 0)


class Traffic:
    """A line for each command, answer and update; what is buffered goes out when the loop calls flush."""

    def __init__(self, folder, name):
        folder.mkdir(parents=True, exist_ok=True)
        self.file = open(folder / f"server-{name}.log", "ab", buffering=1 << 18)
        self.flush = self.file.flush

    def note(self, way, who, lines):
        head = f"{time.time():.6f} {way} {who} ".encode()
        self.file.write(b"".join([head + line + b"\n" for line in lines]))


class Question:
    """A WHATSAT about a known client, whose answer takes a while."""

    def __init__(self, at, radius, bound):
        self.at, self.radius, self.bound = at, float(radius), int(bound)

    def url(self, base):
        latitude, longitude = POSITION.fullmatch(self.at.split()[4].decode()).groups()
        return f"{base}?location={latitude},{longitude}&radius={self.radius * 1000:g}"

    def answer(self, document):
        return self.at + b"\n" + self.cut(document) + b"\n\n"

    def cut(self, document):
        try:
            found = json.loads(document)
            found["results"] = found["results"][: self.bound]
        except (ValueError, TypeError, KeyError):
            found = {"html_attributions": [], "results": [], "status": "UNKNOWN_ERROR"}
        return json.dumps(found, indent=3, separators=(",", " : "), ensure_ascii=False).encode()


class Herd:
    def __init__(self, name, places, traffic):
        self.name, self.places, self.traffic = name, places, traffic
        self.head = b"AT %s " % name.encode()
        self.store = {}  # of each client the time in nanoseconds and the AT line
        self.links = []  # to neighbours; each has a name and offer(client, at)

    def accept(self, client, when, at, source=None):
        known = self.store.get(client)
        if known is None or when > known[0] or when == known[0] and at < known[1]:
            self.store[client] = (when, at)
            for link in self.links:
                if link.name != source:
                    link.offer(client, at)

    def heard(self, line, source):
        """Takes in what a neighbour says."""
        match = AT.fullmatch(line)
        if match:
            client, seconds, fraction = match.groups()
            self.accept(client, nanoseconds(seconds, fraction), line, source)

    def answer(self, line):
        """The answer, with its LF, to a client's line; or a Question."""
        match = IAMAT.fullmatch(line)
        if match:
            client, latitude, longitude, stamp, seconds, fraction = match.groups()
            if abs(float(latitude)) <= 90 and abs(float(longitude)) <= 180:
                when = nanoseconds(seconds, fraction)
                skew = time.time_ns() - when
                whole, rest = divmod(abs(skew), 1_000_000_000)
                at = b"%s%c%d.%09d %s %s%s %s" % (
                    self.head, b"-+"[skew >= 0], whole, rest, client, latitude, longitude, stamp)
                self.accept(client, when, at)
                return at + b"\n"
        match = WHATSAT.fullmatch(line)
        if match:
            client, radius, bound = match.groups()
            known = self.store.get(client)
            if known and float(radius) <= 50 and int(bound) <= 20:
                return self.look_up(Question(known[1], radius, bound))
        return b"? " + line.removesuffix(b"\r") + b"\n"

    def look_up(self, question):
        if self.places is None:
            return question.at + b"\n" + NOTHING
        if self.places.startswith("http"):
            return question
        with open(self.places, "rb") as file:
            return question.answer(file.read())

    def fetch(self, question):
        """Asks the provider; blocks."""
        try:
            with urllib.request.urlopen(question.url(self.places), timeout=5) as reply:
                return reply.read()
        except OSError:
            return b""
