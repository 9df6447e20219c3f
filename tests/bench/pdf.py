"""CPU of a bill's PDF, warm: ours against programs that make a page of the
same content, as far as they are installed."""
import resource
import statistics
import subprocess

from stack import TOP, die_with_us, say

HERE = TOP / "tests/bench"
# what must hold: at most this share of theirs
SHARES = {"tcpdf": 1 / 5, "weasyprint": 1 / 20}
MAKERS = {
    "smetka": (400, [str(TOP / "build/release/tests/bench/bench_pdf")]),
    "tcpdf": (20, ["php", "-d", "opcache.enable_cli=1",
                   str(HERE / "pdf_tcpdf.php")]),
    "weasyprint": (6, ["/usr/bin/python3",
                       str(HERE / "pdf_weasyprint.py")]),
}
PROBES = {"tcpdf": ["php", "-r", "require 'tcpdf/tcpdf.php';"],
          "weasyprint": ["/usr/bin/python3", "-c", "import weasyprint"]}


def installed(name):
    try:
        return name not in PROBES or subprocess.run(
            PROBES[name], capture_output=True).returncode == 0
    except OSError:
        return False


def cpu_ms(command, count, out, content):
    """What one process of COUNT documents uses."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([*command, str(count), str(out), str(content)], check=True,
                   preexec_fn=die_with_us)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime
            - before.ru_stime) * 1000


def run(rounds):
    """The figures: medians over the rounds, in which all take turns."""
    work = TOP / "build/bench/pdf"
    work.mkdir(parents=True, exist_ok=True)
    content = work / "content.json"
    names = [name for name in MAKERS if installed(name)]
    missing = [name for name in MAKERS if name not in names]
    if missing:
        say(f"bench: not installed: {', '.join(missing)}")
    warm = {name: [] for name in names}
    cpu_ms(MAKERS["smetka"][1], 1, work / "smetka.pdf", content)
    for number in range(rounds):
        for name in names[::-1] if number % 2 else names:
            count, command = MAKERS[name]
            one = cpu_ms(command, 1, work / f"{name}.pdf", content)
            all_ = cpu_ms(command, count, work / f"{name}.pdf", content)
            warm[name].append((all_ - one) / (count - 1))
        say(f"round {number + 1}: " + ", ".join(
            f"{name} {warm[name][-1]:.2f} ms" for name in names))
    out = {f"{name}_ms": round(statistics.median(warm[name]), 2)
           for name in names}
    for name in names:
        out[f"{name}_bytes"] = (work / f"{name}.pdf").stat().st_size
    for name in names[1:]:
        out[f"share_of_{name}"] = round(statistics.median(
            a / b for a, b in zip(warm["smetka"], warm[name])), 4)
    out["missing"] = missing
    return out


def over(figures):
    """What is above its share, in words."""
    return [f"a bill costs {figures[f'share_of_{name}']} of {name}'s, the "
            f"limit {share:.2f}" for name, share in SHARES.items()
            if figures.get(f"share_of_{name}", 0) > share]
