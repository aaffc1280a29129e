# Make the folder $1 the root of these namespaces, as a container is, and start its systemd. For booted.py.
mount --make-rprivate /
mount --bind "$1" "$1"
cd "$1"
mount -t proc proc proc
# The kernel is this machine's: of its settings the box may change those of its network alone.
mount --bind proc/sys proc/sys
mount --bind proc/sys/net proc/sys/net
mount -o remount,bind,ro proc/sys
mount -t sysfs sysfs sys
mount -t cgroup2 cgroup2 sys/fs/cgroup
mount -t tmpfs -o mode=755 tmpfs dev
for device in null zero full random urandom tty; do
    touch dev/$device
    mount --bind /dev/$device dev/$device
done
mkdir dev/pts dev/shm
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts dev/pts
mount -t tmpfs tmpfs dev/shm
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
for number in 0:stdin 1:stdout 2:stderr; do
    ln -s /proc/self/fd/${number%:*} dev/${number#*:}
done
mount -t tmpfs -o mode=755 tmpfs run
# A whole one somewhere, or the kernel lets no program in it, such as the cage of a browser, have one of its own.
mkdir run/proc
mount -t proc proc run/proc
mount -t tmpfs tmpfs tmp
pivot_root . mnt
umount -l /mnt
exec env -i container=folder PATH=/usr/sbin:/usr/bin:/sbin:/bin /sbin/init
