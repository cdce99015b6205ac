"""Who works in the demo newsroom, and what it writes about. All of them are invented."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can log in, with one role."""

    username: str
    first_name: str
    last_name: str
    role: str


@dataclass(frozen=True, slots=True)
class Credited:
    """An author. `username`: the account of the same person, if there is one."""

    key: str
    name: str
    job_title: str
    bio: str
    username: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """A topic; its slug is its name in small letters."""

    name: str
    description: str

    @property
    def slug(self) -> str:
        return self.name.lower()


ACCOUNTS = (
    Account("wes", "Wes", "Threave", "Writer"),
    Account("ada", "Ada", "Merrilow", "Editor"),
    Account("pam", "Pam", "Ostervik", "Publisher"),
    Account("admin", "Robin", "Vaseley", "Administrator"),
)

AUTHORS = (
    Credited(
        "marisa",
        "Marisa Quintelo",
        "Infrastructure editor",
        "Marisa Quintelo writes from Lisbon about data centres and the contracts that hold them "
        "up. She trained as a civil engineer and inspected bridges for six years, which left her "
        "with a habit of asking who pays when something sags.",
    ),
    Credited(
        "jagna",
        "Jagna Wrzosek",
        "Semiconductors correspondent",
        "Jagna Wrzosek covers chips, packaging and the machines that make them from Wrocław. "
        "Before that she ran the night shift of a test floor, and she still reads a yield table "
        "before a press release.",
    ),
    Credited(
        "oluchi",
        "Oluchi Bankefa",
        "Energy correspondent",
        "Oluchi Bankefa reports from Lagos on grids, storage and the price of a connection. She "
        "studied electrical engineering and has spent enough evenings beside generators to be "
        "wary of the word “backup”.",
    ),
    Credited(
        "rei",
        "Rei Tsubakihara",
        "Security columnist",
        "Rei Tsubakihara writes from Kobe about how systems fail and who is told. She worked on "
        "incident response for a shipping line and prefers a dull post-mortem to a thrilling "
        "breach.",
    ),
    Credited(
        "wes",
        "Wes Threave",
        "Reporter",
        "Wes Threave is a reporter in Glasgow. He files on whatever the desk is short of, with a "
        "weakness for planning applications and the minutes of meetings that nobody attends.",
        username="wes",
    ),
)

TOPICS = (
    Subject(
        "Compute",
        "Where machines work and what it takes to house them: data centres, racks, cooling and "
        "the contracts behind them.",
    ),
    Subject(
        "Chips",
        "What processors and the links between them are made of, who can make them, and what "
        "that costs.",
    ),
    Subject(
        "Energy",
        "The electricity that computing needs: grids, storage, and who waits how long for a "
        "connection.",
    ),
    Subject(
        "Security",
        "How systems are broken into, how people defend them, and what the rules ask of both.",
    ),
)
