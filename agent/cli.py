"""The agent's command line: it knows every program and imports only the one it starts."""

from detection.command_line import Command, run

COMMANDS = (
    Command("service", "agent.service.command:main", "inspect what sessions see, and send what is detected"),
    Command("session", "agent.session.command:main", "see for the person signed in, and tell the service"),
    Command("enrol", "agent.enrolment.command:main", "make this device known to its school's appliance"),
    Command("enrol-placed", "agent.enrolment.placed_command:main", "the same with what was placed for one use"),
    Command("removed", "agent.service.removed_command:main", "tell the school that the agent is taken off"),
    Command("status", "agent.status:main", "say what is monitored here now, why, and by whom"),
    Command("notice", "agent.telling.notice_command:main", "show the same as a page, with where to find help"),
)


def main(argv: list[str] | None = None) -> int:
    return run("gatehouse-agent", COMMANDS, argv)


if __name__ == "__main__":
    raise SystemExit(main())
