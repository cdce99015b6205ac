"""kill -9 at random moments: each job is done exactly once, none is lost, none by two at once.

PROOF_JOBS=1000 PROOF_KILLS=20 pytest -s tests/jobs/test_killed.py is the long form. The controls
show that the proof would see it if it were otherwise.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import connection

from tests.jobs.driving import Proof, add_jobs, effects

pytestmark = pytest.mark.django_db(transaction=True)
JOBS = int(os.environ.get("PROOF_JOBS", "60"))
KILLS = int(os.environ.get("PROOF_KILLS", "4"))


@pytest.fixture
def proof(tmp_path: Path) -> Iterator[Proof]:
    proof = Proof(tmp_path, User.objects.create_user("wes"))
    yield proof
    proof.cleared()


def test_each_job_is_done_exactly_once(proof: Proof) -> None:
    proof.at_most = max(0.2, 4 * KILLS / JOBS)  # the work lasts as long as the killing
    keys = add_jobs(JOBS)
    proof.start()
    proof.start()
    for _ in range(KILLS):
        proof.kill_one_in_the_midst()
    proof.wait_until_all_is_done(120 + JOBS)
    proof.end()
    found = effects()
    again = proof.begun() - JOBS
    print(
        f"\n{connection.vendor}: {JOBS} jobs, 2 workers, {KILLS} × kill -9: {len(found)} effects, "
        f"{sum(found.values()) - len(found)} twice, {len(set(keys) - set(found))} lost, "
        f"{again} begun again, {len(proof.at_the_same_time())} by two at once"
    )
    assert found == dict.fromkeys(keys, 1)
    assert proof.at_the_same_time() == []
    assert len(proof.killed) == KILLS


# --- controls ---


def test_an_end_after_the_commit_would_be_seen(proof: Proof) -> None:
    """Killed between the effect and the end of its job: the effect is there twice."""
    proof.flaw = "ends after the commit"
    add_jobs(1)
    proof.start()
    proof.wait_for("gap", proof.workers[0].pid)
    proof.kill(proof.workers[0])
    proof.flaw = "none"
    proof.start()
    proof.wait_until_all_is_done()
    assert set(effects().values()) == {2}


def test_two_at_once_would_be_seen(proof: Proof) -> None:
    """Without a lease, the second worker begins what the first has in hand."""
    proof.flaw, proof.at_most = "no lease", 600
    add_jobs(1, kinds=["slow"])
    for _ in range(2):
        proof.start()
        proof.wait_for("begin", proof.workers[-1].pid)
    for worker in list(proof.workers):
        proof.kill(worker)
    assert proof.at_the_same_time() == ["0"]
