"""A herd server on Twisted."""

import collections
import faulthandler
import itertools
import signal

from twisted.application.internet import ClientService, backoffPolicy
from twisted.internet import interfaces, reactor, task
from twisted.internet.defer import ensureDeferred
from twisted.internet.endpoints import TCP4ClientEndpoint
from twisted.internet.protocol import Factory, Protocol
from twisted.protocols.basic import LineOnlyReceiver
from twisted.web.client import Agent, readBody
from zope.interface import implementer

import herd as shared


@implementer(interfaces.IHalfCloseableProtocol, interfaces.IPushProducer)
class Connection(LineOnlyReceiver):
    """A client, or a neighbour that has dialled in and tells what it knows."""

    delimiter = b"\n"
    MAX_LENGTH = shared.MAX_LINE

    def __init__(self, herd):
        self.herd = herd
        self.lines = collections.deque()
        self.neighbour = self.asking = None
        self.ended = self.paused = False

    def connectionMade(self):
        self.who = f"{self.transport.getPeer().host}:{self.transport.getPeer().port}"
        self.transport.setTcpNoDelay(True)
        self.transport.registerProducer(self, True)

    def lineReceived(self, line):
        if line.startswith(b"HERD ") and not self.neighbour:
            self.neighbour = line[5:].decode("latin-1")
            self.MAX_LENGTH *= 2  # an AT line is longer than its IAMAT
            return
        self.herd.traffic.note("from", self.neighbour or self.who, [line])
        if self.neighbour:
            self.herd.heard(line, self.neighbour)
        else:
            self.lines.append(line)
            self.goOn()

    def goOn(self):
        while self.lines and not self.asking:
            answer = self.herd.answer(self.lines.popleft())
            if isinstance(answer, shared.Question):
                self.asking = ensureDeferred(self.ask(answer))
                self.regulate()
            else:
                self.send(answer)

    async def ask(self, question):
        try:
            reply = await Agent(reactor, connectTimeout=5).request(b"GET", question.url(self.herd.places).encode())
            document = await readBody(reply)
        except Exception:
            document = b""
        self.asking = None
        self.send(question.answer(document))
        self.goOn()
        self.regulate()

    def send(self, answer):
        self.transport.write(answer)
        self.herd.traffic.note("to", self.who, [answer.partition(b"\n")[0]])

    def lineLengthExceeded(self, line):
        self.transport.write(b"? " + line[:1024] + b"\n")
        self.close()

    def readConnectionLost(self):
        self.ended = True
        if self._buffer:
            self.lineReceived(self._buffer)
        self.regulate()

    def writeConnectionLost(self):
        self.close()

    def close(self):
        self.transport.unregisterProducer()
        self.transport.loseConnection()

    def pauseProducing(self):
        self.paused = True
        self.regulate()

    def resumeProducing(self):
        self.paused = False
        self.regulate()

    def stopProducing(self):
        pass

    def regulate(self):
        """Who does not read its answers, or waits for places, is not read."""
        if not self.ended:
            (self.transport.stopReading if self.paused or self.asking else self.transport.startReading)()
        elif not self.asking:
            self.close()


@implementer(interfaces.IPushProducer)
class Link(Protocol):
    """Tells one neighbour all that this server knows, then what it hears, of each client the newest, for ever."""

    def __init__(self, herd, name):
        self.herd, self.name = herd, name
        self.pending = {}
        self.up = False

    def connectionMade(self):
        self.herd.traffic.note("link", self.name, [b"up"])
        self.transport.setTcpNoDelay(True)
        self.transport.write(b"HERD %s\n" % self.herd.name.encode())
        self.up, self.writable, self.scheduled = True, True, False
        self.transport.registerProducer(self, True)
        self.pending = {client: at for client, (_, at) in self.herd.store.items()}
        self.schedule()

    def connectionLost(self, reason):
        self.herd.traffic.note("link", self.name, [b"down"])
        self.up = False
        self.pending.clear()

    def offer(self, client, at):
        if self.up:
            self.pending[client] = at
            self.schedule()

    def schedule(self):
        if self.pending and self.writable and not self.scheduled:
            self.scheduled = True
            reactor.callLater(0, self.drain)

    def drain(self):
        self.scheduled = False
        if self.up:
            batch = [self.pending.pop(client) for client in list(itertools.islice(self.pending, 1000))]
            self.herd.traffic.note("to", self.name, batch)
            self.transport.write(b"\n".join(batch) + b"\n")
            self.schedule()

    def pauseProducing(self):
        self.writable = False

    def resumeProducing(self):
        self.writable = True
        self.schedule()

    def stopProducing(self):
        pass


class Connections(Factory):
    noisy = False

    def __init__(self, make):
        self.make = make

    def buildProtocol(self, address):
        return self.make()


def main():
    given = shared.arguments()
    traffic = shared.Traffic(given.log, given.name)
    herd = shared.Herd(given.name, given.places, traffic)
    port = {name: given.base_port + i for i, name in enumerate(shared.NAMES)}
    reactor.listenTCP(port[given.name], Connections(lambda: Connection(herd)), 4096, "127.0.0.1")
    for name in shared.NEIGHBOURS[given.name]:
        link = Link(herd, name)
        herd.links.append(link)
        ClientService(TCP4ClientEndpoint(reactor, "127.0.0.1", port[name]), Connections(lambda link=link: link),
                      retryPolicy=backoffPolicy(shared.RECONNECT_SECONDS, 2)).startService()
    task.LoopingCall(traffic.flush).start(0.25)
    reactor.run()


if __name__ == "__main__":
    faulthandler.register(signal.SIGUSR1)  # kill -USR1 shows where it is
    main()
