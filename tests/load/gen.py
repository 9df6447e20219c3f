"""The load generator's plans, runs and samples."""
import collections
import random
import statistics
import subprocess
import tempfile
import urllib.parse

from stack import TOP, die_with_us

CLIENT = TOP / "build/release/tests/load/load_client"
Sample = collections.namedtuple(
    "Sample", "due asked ended outcome status told bytes fresh name")


def request(stack, method, path, body=None, headers=()):
    """The bytes of one request as a browser or a processor sends it."""
    origin = f"https://localhost:{stack.port}"
    lines = [f"{method} {path} HTTP/1.1", f"Host: localhost:{stack.port}",
             *(f"{key}: {value}" for key, value in headers)]
    raw = b""
    if body is not None:
        if isinstance(body, dict):
            lines.append("Content-Type: application/x-www-form-urlencoded")
            lines.append(f"Origin: {origin}")
            body = urllib.parse.urlencode(body).encode()
        raw = body
        lines.append(f"Content-Length: {len(raw)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + raw


def bills(stack, count=2000, lang="en"):
    """Bill pages of random guests, all of one browser."""
    paths = random.sample(stack.paths, min(count, len(stack.paths)))
    return [("bill", request(stack, "GET", path.replace("/en/", f"/{lang}/"),
                             headers=[("Cookie", stack.cookie)]))
            for path in paths]


def pages(stack, *paths, name="page"):
    return [(name, request(stack, "GET", path)) for path in paths]


def write_plan(requests):
    file = tempfile.NamedTemporaryFile("wb", suffix=".plan", delete=False)
    with file:
        for name, raw in requests:
            file.write(f"{name} {len(raw)}\n".encode() + raw)
    return file.name


class Run:
    """One load client at work."""

    def __init__(self, stack, mode, requests, **options):
        self.plan = write_plan(requests)
        self.out = self.plan + ".samples"
        options = {"port": stack.port, "plan": self.plan, "out": self.out,
                   **options}
        self.process = subprocess.Popen(
            [str(CLIENT), mode, *(f"{k}={v}" for k, v in options.items())],
            stdout=subprocess.PIPE, text=True, preexec_fn=die_with_us)
        self.seconds = options.get("seconds", 1)

    def wait(self):
        """Wait for its end and read the samples."""
        text, _ = self.process.communicate(timeout=self.seconds + 240)
        if self.process.returncode != 0:
            raise RuntimeError(f"the load client ended: {text}")
        words = text.split()
        self.facts = dict(zip(words[::2], map(int, words[1::2])))
        with open(self.out, encoding="ascii") as file:
            self.samples = [read_sample(line) for line in file]
        subprocess.run(["rm", "-f", self.plan, self.out], check=True)
        return self.samples


def read_sample(line):
    p = line.split()
    return Sample(int(p[0]), int(p[1]), int(p[2]), p[3], int(p[4]),
                  p[5] == "1", int(p[6]), p[7] == "1", p[8])


def run(stack, mode, requests, **options):
    job = Run(stack, mode, requests, **options)
    job.wait()
    return job


def good(sample):
    return sample.outcome == "answered" and sample.status in (200, 302, 303)


def turned_away(sample):
    """Told to come again, as it should be."""
    return sample.outcome == "answered" and sample.status == 503 and \
        sample.told


def latency_ms(sample):
    return (sample.ended - sample.due) / 1000


def percentile(values, share):
    values = sorted(values)
    if not values:
        return 0.0
    return values[min(len(values) - 1, int(len(values) * share))]


def p99_ms(samples):
    return percentile([latency_ms(s) for s in samples], 0.99)


def median_ms(samples):
    values = [latency_ms(s) for s in samples]
    return statistics.median(values) if values else 0.0


def tally(samples):
    """How often each outcome that is neither good nor a proper 503 came."""
    return dict(collections.Counter(
        f"{s.outcome} {s.status}" for s in samples
        if not good(s) and not turned_away(s)))
