"""The one command line: it knows every program and imports only the one it starts."""

from detection.command_line import Command, run

COMMANDS = (
    Command("run", "appliance.run:main", "start everything on this machine and play a sample school day"),
    Command("gateway", "proxy_addons.gateway:main", "the sensor in the network: read traffic, report detections"),
    Command("supervisor", "proxy_addons.supervisor.command:main", "keep a box's sensors running behind its firewall"),
    Command("replay", "proxy_addons.replay.command:main", "run recorded traffic through the same detection"),
    Command("draw", "images.draw_requests:main", "draw captures for a program of the other environment"),
    Command("appliance", "appliance.serve:main", "take detections in from sensors"),
    Command("agents", "appliance.agents.serve:main", "take detections in from agents on devices"),
    Command("follow", "appliance.second.command:main", "keep a second gateway in step with the first box"),
    Command("worker", "appliance.worker:main", "draw captures, send notifications, watch over health"),
    Command("console", "console.serve:main", "the review console for the safeguarding lead"),
    Command("enrolment", "console.enrolment.serve:main", "the page devices are set up with, and their PAC file"),
    Command("inspect", "detection.inspection:main", "say what would be detected in a text, and why"),
    Command("library", "appliance.commands.library:main", "check, import, compare and try phrase libraries"),
    Command("lists", "appliance.commands.lists:main", "change a school's phrases, and release them to its sensors"),
    Command("canary", "detection.canary_command:main", "say the phrase that tests whether monitoring works"),
    Command("illegal", "detection.illegal_command:main", "make and check signed lists of illegal content"),
    Command("school", "appliance.commands.school:main", "add a school or a trust"),
    Command("user", "appliance.commands.user:main", "add reviewers, or take their access away"),
    Command("people", "appliance.commands.people:main", "import pupils and staff"),
    Command("authority", "proxy_addons.certificates.command:main", "make, seal and renew the gateway's authority"),
    Command("join", "appliance.second.join_command:main", "make this box the second gateway of another's appliance"),
    Command("device", "appliance.commands.device:main", "give sensors their tokens, or take them away"),
    Command("agent", "appliance.commands.agent:main", "enrol, list and revoke devices with the agent; their policy"),
    Command("proxy-account", "proxy_addons.proxy_account_command:main", "who may sign in at the explicit proxy"),
    Command("network", "appliance.commands.network:main", "say which networks of the box are read, and why"),
    Command("pause", "appliance.commands.pause:pause", "leave a network unread for a while; the lead is told"),
    Command("resume", "appliance.commands.pause:resume", "end the pause of a network"),
    Command("bypass", "proxy_addons.bypass_commands.command:main", "which hosts are left closed, and why; change that"),
    Command("why", "proxy_addons.why.command:main", "say what happens to a host here, and whose decision that is"),
    Command("keys", "appliance.commands.keys:main", "make the key pairs detections and backups are sealed with"),
    Command("backup", "appliance.commands.backup:main", "back everything up, for the keys of certain people"),
    Command("restore", "appliance.commands.restore:main", "make a living store of a backup again"),
    Command("update", "appliance.commands.update:main", "bring this box's program up to date, and take that back"),
    Command("publish", "appliance.commands.publish:main", "publish signed releases, for whoever makes them"),
    Command("verify", "appliance.commands.verify:main", "check the chain of entries and every stored picture"),
    Command("reproduce", "appliance.commands.reproduce:main", "derive a stored detection again, and say what differs"),
    Command("provision", "appliance.commands.provision:main", "make a Debian machine the box at a school's gateway"),
    Command("config", "appliance.commands.config:main", "check a settings file"),
)


def main(argv: list[str] | None = None) -> int:
    return run("gatehouse", COMMANDS, argv)


if __name__ == "__main__":
    raise SystemExit(main())
