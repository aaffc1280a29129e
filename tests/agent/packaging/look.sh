#!/bin/bash
say() { echo "SEEN $1: $2"; }
until_true() { local most=$1; shift; for ((i = 0; i < most * 10; i++)); do "$@" >/dev/null 2>&1 && return 0; sleep 0.1; done; return 1; }
pid() { systemctl show -P MainPID "$1"; }
other() { [ "$(pid "$1")" != "$2" ] && [ "$(pid "$1")" != 0 ]; }
ended() { [ "$(systemctl is-active "$1")" = inactive ]; }
SESSION=gatehouse-agent-session@1000.service

ip link set lo up 2>/dev/null
cd /opt/gatehouse
PYTHONPATH=/opt/gatehouse:/opt/gatehouse-agent/lib python3 -c "$(cat /root/appliance.py)" &
trap "kill $!" EXIT
until_true 300 systemctl is-active gatehouse-agent.service
say service "$(systemctl is-active gatehouse-agent.service)"
say code "$(ls /etc/gatehouse-agent | tr '\n' ' ')"
systemctl start desktop.service
until_true 120 systemctl is-active $SESSION
say session "$(systemctl is-active $SESSION)"
until_true 120 runuser -u pupil -- gatehouse-agent status
sleep 10

DISPLAY=:7 runuser -u pupil -- xdotool type --delay 60 'nobody likes you, go away.'
until_true 120 test -s /root/reports
say reports "$(head -1 /root/reports)"

for round in 1 2 3 4 5; do
    before=$(pid $SESSION)
    began=$(date +%s%N)
    runuser -u pupil -- kill -9 "$before"
    until_true 20 other $SESSION "$before"
    say back $((($(date +%s%N) - began) / 1000000))
    sleep 0.5
done
runuser -u pupil -- systemctl --no-ask-password stop $SESSION </dev/null && say may-stop session
runuser -u pupil -- systemctl --no-ask-password stop gatehouse-agent.service </dev/null && say may-stop service
runuser -u gatehouse-agent -- systemctl --no-ask-password stop desktop.service </dev/null && say may-stop desktop
say still "$(systemctl is-active $SESSION gatehouse-agent.service desktop.service | tr '\n' ' ')"

kept=$(pid $SESSION) before=$(pid gatehouse-agent.service)
kill -9 "$before"
until_true 60 other gatehouse-agent.service "$before"
until_true 60 systemctl is-active gatehouse-agent.service
say service-back "$(systemctl is-active gatehouse-agent.service)"
[ "$(pid $SESSION)" = "$kept" ] && say session-stayed yes

runuser -u gatehouse-agent -- systemctl --no-ask-password stop $SESSION </dev/null && say service-may session
until_true 30 systemctl is-active gatehouse-agent.service
systemctl stop gatehouse-agent.service
until_true 20 ended $SESSION
say stopped "$(systemctl is-active $SESSION gatehouse-agent.service | tr '\n' ' ')"
systemctl start gatehouse-agent.service
until_true 30 systemctl is-active $SESSION
say started "$(systemctl is-active $SESSION gatehouse-agent.service | tr '\n' ' ')"
systemctl stop desktop.service
until_true 60 ended $SESSION
say signed-out "$(systemctl is-active $SESSION)"

dpkg --purge gatehouse-agent >/dev/null 2>&1
say purged "$(find / -xdev -name '*gatehouse-agent*' -not -path '/opt/gatehouse/*' -not -path '/root/*' | tr '\n' ' ')"
say units "$(systemctl list-units --all --plain --no-legend 'gatehouse-agent*' | cut -d' ' -f1 | tr '\n' ' ')"
say journal "$(journalctl -b --no-pager | grep -c 'nobody likes')"
journalctl -b --no-pager -u 'gatehouse-agent*' | tail -60
