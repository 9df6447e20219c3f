"""How a harness ends: whatever ends it, what it has started ends too."""
import ctypes
import pathlib
import signal
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
PATIENCE_S = 20


def on_signals(name):
    """The first signal is a SystemExit, so that `finally` cleans up; those
    that follow do not disturb that."""
    def end(*_):
        for number in SIGNALS:  # not SIG_IGN, which children would inherit
            signal.signal(number, lambda *_: None)
        sys.exit(f"{name}: told to end")
    for number in SIGNALS:
        signal.signal(number, end)


def die_with_us():
    """In a child: end when the harness does, however it ends."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def run(*command, timeout=None, **more):
    """subprocess.run() that asks what it has to break off to end by itself,
    since that may have something to undo."""
    with subprocess.Popen(command, text=True, stdout=subprocess.PIPE,
                          **more) as child:
        try:
            out, _ = child.communicate(timeout=timeout)
        except BaseException:
            child.terminate()
            try:
                child.wait(PATIENCE_S)
            except subprocess.TimeoutExpired:
                child.kill()
            raise
        return subprocess.CompletedProcess(command, child.returncode, out)


class Guard:
    """Stops the stack below FOLDER if the harness ends without having called
    release(): killed, say."""

    def __init__(self, folder):
        self.child = subprocess.Popen(
            [str(HERE / "after_us"), str(folder)], stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True)

    def release(self):
        self.child.kill()
        self.child.stdin.close()
        self.child.wait()
