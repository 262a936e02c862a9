"""A few worker processes, each ended the moment its query takes too long or too much memory.

An engine inside the server could not be stopped: a query ends when its process does, and so does its memory.
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import time
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Final

from kg.serve.protocol import Refusal
from kg.serve.worker import Answer, Job, work

_LOOK: Final = 0.05  # seconds between two looks at a worker's memory
_START: Final = 60.0  # seconds for a process to start on a machine with much to do
_PAGE: Final = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take: seconds (and as many to wait for its turn), memory and answer in bytes."""

    seconds: float = 30.0
    memory: int = 2 << 30
    answer: int = 64 << 20


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, output: Path, limits: Limits) -> None:
        spawn = multiprocessing.get_context("spawn")
        self._limits = limits
        self._pipe, its = spawn.Pipe()
        self._process: SpawnProcess = spawn.Process(
            target=work, args=(output, limits.answer, limits.seconds, its), daemon=True
        )
        self._process.start()
        its.close()
        self._is_ready = False

    def ask(self, job: Job) -> Answer:
        """Its answer. Raises Refusal where a limit is reached; then the process is of no more use."""
        try:
            self._wait_until_ready()
            self._pipe.send(job)
            deadline = time.monotonic() + self._limits.seconds
            while not self._pipe.poll(max(0.0, min(_LOOK, deadline - time.monotonic()))):
                if time.monotonic() >= deadline:
                    raise Refusal(503, f"ended after {self._limits.seconds:g} seconds: ask for less")
                if self._memory() > self._limits.memory:
                    raise Refusal(503, f"ended for taking more than {self._limits.memory >> 20} MB: ask for less")
            answer = self._pipe.recv()
        except (EOFError, OSError):
            raise Refusal(503, "the query ended its process, perhaps for want of memory: ask for less") from None
        assert isinstance(answer, Answer)
        return answer

    def _wait_until_ready(self) -> None:
        """A process needs a moment to start, which no query is charged for."""
        if not self._is_ready:
            if not self._pipe.poll(_START):
                raise Refusal(503, "all are busy: try again")
            self._is_ready = bool(self._pipe.recv())

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.join()
        self._pipe.close()

    def _memory(self) -> int:
        try:
            resident = Path(f"/proc/{self._process.pid}/statm").read_text().split()[1]
        except (OSError, IndexError):
            return 0  # no Linux, or it has just ended
        return int(resident) * _PAGE


class Workers:
    """So many queries at once; who comes when all are busy waits for a turn."""

    def __init__(self, output: Path, limits: Limits, count: int) -> None:
        self._output, self._limits = output, limits
        self._free: queue.LifoQueue[_Worker] = queue.LifoQueue()
        for _ in range(count):
            self._free.put(_Worker(output, limits))

    def ask(self, job: Job) -> Answer:
        """The answer to a job. Raises Refusal."""
        try:
            worker = self._free.get(timeout=self._limits.seconds)
        except queue.Empty:
            raise Refusal(503, "all are busy: try again") from None
        try:
            return worker.ask(job)
        except BaseException:
            worker.end()
            worker = _Worker(self._output, self._limits)
            raise
        finally:
            self._free.put(worker)

    def close(self) -> None:
        """End all workers that are not at work."""
        with suppress(queue.Empty):
            while True:
                self._free.get_nowait().end()
