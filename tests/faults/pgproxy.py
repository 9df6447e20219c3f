"""Between the programs and PostgreSQL: knows of the protocol where a message
begins, which statement is COMMIT and what answers it.  Never sends a byte
twice: a stream that is cut stays cut."""
import asyncio
import os
import pathlib
import signal
import socket
import struct

SSL_REQUEST, GSS_REQUEST = 80877103, 80877104
COMMIT_STATEMENT = b"sm_commit"  # as lib/db names it


class Lost(Exception):
    """This connection ends here."""


def program_of(pid):
    """The service that process PID is: portal, pay, notify, jobs, or other."""
    try:
        words = pathlib.Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return "other"
    for word in (b"notify", b"portal", b"pay", b"jobs"):
        if word in words or words[0].endswith(b"/" + word):
            return word.decode()
    return "other"


class Rules:
    """What is to go wrong, drawn from a seeded generator."""

    def __init__(self):
        self.rules, self.delay, self.random = [], None, None
        self.done = {}

    def set(self, rules, delay, random):
        self.rules = [dict(rule) for rule in rules]
        self.delay, self.random = delay, random

    def draw(self, at, program):
        """The fault of this point, or None."""
        for rule in self.rules:
            if rule["at"] != at or rule["count"] <= 0 or (
                    rule.get("program") not in (None, program)):
                continue
            if self.random.random() < rule.get("p", 1):
                rule["count"] -= 1
                name = f"pg_{at}_{rule['act']}"
                self.done[name] = self.done.get(name, 0) + 1
                return rule["act"]
        return None


class Connection:
    """One connection of a program, to one of the hosts."""

    def __init__(self, proxy, host, reader, writer):
        self.proxy, self.host = proxy, host
        self.client = (reader, writer)
        self.server = None
        credentials = writer.get_extra_info("socket").getsockopt(
            socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
        self.pid = struct.unpack("3i", credentials)[0]
        self.program = program_of(self.pid)
        self.tasks = []

    async def run(self):
        try:
            path = self.proxy.hosts.get(self.host)
            if path is None:
                return
            self.server = await asyncio.open_unix_connection(
                path + "/.s.PGSQL.5432")
            self.tasks = [asyncio.ensure_future(self.to_server()),
                          asyncio.ensure_future(self.to_client())]
            await asyncio.wait(self.tasks,
                               return_when=asyncio.FIRST_COMPLETED)
        except OSError:
            pass
        finally:
            self.cut()

    def cut(self):
        for task in self.tasks:
            task.cancel()
        for pair in (self.client, self.server):
            if pair is not None:
                pair[1].transport.abort()

    async def act(self, at):
        """Play the fault of this point; true if the message still goes."""
        what = self.proxy.rules.draw(at, self.program)
        if what == "kill":
            try:
                os.kill(self.pid, signal.SIGKILL)
            except OSError:
                pass
            # what was sent before still arrives, as from a process that dies
            # with its last write done
            return True
        if what == "cut":
            raise Lost
        if what == "silent":
            await asyncio.sleep(3600)
        if what == "delay":
            await asyncio.sleep(self.proxy.rules.random.uniform(0.2, 2.0))
        return True

    async def pause(self):
        delay = self.proxy.rules.delay
        if delay:
            await asyncio.sleep(self.proxy.rules.random.uniform(*delay) / 1000)

    async def to_server(self):
        try:
            await self.start_packet(self.client[0], self.server[1])
            await self.pump(self.client[0], self.server[1], is_commit,
                            "commit_sent")
        except (Lost, OSError, asyncio.IncompleteReadError):
            return

    async def to_client(self):
        try:
            # at its end the proxy alone knows that it is committed
            await self.pump(self.server[0], self.client[1], is_committed,
                            "commit_done")
        except (Lost, OSError):
            return

    async def pump(self, reader, writer, is_point, at):
        """Pass on whole messages, as many as there are; before each that
        IS_POINT play what is to go wrong there."""
        held = b""
        while True:
            chunk = await reader.read(1 << 16)
            if not chunk:
                return
            held += chunk
            sent = begin = 0
            while len(held) - begin >= 5:
                end = begin + 1 + int.from_bytes(held[begin + 1:begin + 5],
                                                 "big")
                if end < begin + 5:
                    raise Lost
                if end > len(held):
                    break
                if is_point(held, begin, end):
                    writer.write(held[sent:begin])
                    await writer.drain()
                    sent = begin
                    await self.act(at)
                begin = end
            await self.pause()
            writer.write(held[sent:begin])
            await writer.drain()
            held = held[begin:]

    async def start_packet(self, reader, writer):
        while True:
            size, = struct.unpack("!i", await reader.readexactly(4))
            body = await reader.readexactly(size - 4)
            if struct.unpack("!i", body[:4])[0] not in (SSL_REQUEST,
                                                        GSS_REQUEST):
                break
            self.client[1].write(b"N")
        writer.write(struct.pack("!i", size) + body)


def is_commit(held, begin, end):
    """The message is a COMMIT: as text, or bound as the prepared one."""
    kind, body = held[begin:begin + 1], begin + 5
    if kind == b"Q":
        return held[body:body + 6].upper() == b"COMMIT"
    return kind == b"B" and held[body:end].split(b"\0", 2)[1] == (
        COMMIT_STATEMENT)


def is_committed(held, begin, end):
    return held[begin:begin + 1] == b"C" and (
        held[begin + 5:end] == b"COMMIT\0")


class PgProxy:
    """Listens where the programs look for the database: one folder a host."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.hosts = {}  # name: folder of the real socket; None: refused
        self.rules = Rules()
        self.connections = set()

    async def listen(self, host):
        where = self.folder / host
        where.mkdir(parents=True, exist_ok=True)
        where.chmod(0o755)
        path = where / ".s.PGSQL.5432"
        path.unlink(missing_ok=True)

        async def accept(reader, writer):
            connection = Connection(self, host, reader, writer)
            self.connections.add(connection)
            try:
                await connection.run()
            finally:
                self.connections.discard(connection)
        await asyncio.start_unix_server(accept, path=str(path))
        path.chmod(0o777)

    def cut_all(self, host=None):
        for connection in list(self.connections):
            if host in (None, connection.host):
                connection.cut()
