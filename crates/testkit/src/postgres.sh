# PostgreSQL for tests: in a folder of its own, on a socket in that folder and on no port, and gone
# when the process it was started for is. Debian's own cluster is not touched.
#
#   sh postgres.sh up FOLDER PID    starts it unless it runs; ends it, and the folder, with PID
#   sh postgres.sh start FOLDER     starts it again
#   sh postgres.sh stop FOLDER      stops it as a crash would
#   sh postgres.sh sql FOLDER DB    runs the standard input as superuser
set -eu
cd /
folder=$2
data=$folder/data

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -x "$bin/initdb" ] || bin=$(dirname "$(command -v initdb || echo /missing/initdb)")
if [ ! -x "$bin/initdb" ]; then
    echo "PostgreSQL is missing: run 'make tools-test', or install the package postgresql" >&2
    exit 1
fi

# The server refuses to run as root.
unprivileged() {
    if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

start() {
    unprivileged "$bin/pg_ctl" -D "$data" -s -w -t 120 -l "$folder/log" start </dev/null 9>&-
}

# When a process started; nothing once it has ended.
started() {
    sed -n 's/.*) \([^Z]\) /\1 /p' "/proc/$1/stat" 2>/dev/null | cut -d ' ' -f 20
}

make() {
    rm -rf "$folder"
    mkdir -m 700 "$folder"
    [ "$(id -u)" != 0 ] || chown postgres "$folder"
    # A collation that is not that of the bytes: nothing we promise may depend on it.
    unprivileged "$bin/initdb" -D "$data" -U postgres -A trust -E UTF8 --no-sync --locale=C.UTF-8 \
        --locale-provider=icu --icu-locale=en-US >/dev/null 9>&-
    # What outlasts a loss of power is PostgreSQL's promise and not what is tested.
    printf '%s\n' "listen_addresses = ''" "unix_socket_directories = '$folder'" "fsync = off" \
        "shared_buffers = 32MB" "max_connections = 200" "autovacuum = off" >>"$data/postgresql.conf"
    start
    # The program's role is no superuser: those pass every wall.
    "$bin/psql" -h "$folder" -U postgres -d postgres -q -c 'CREATE ROLE footfall LOGIN' 9>&-
}

# Waits in a session of its own, holding nothing of the tests.
watch() {
    began=$(started "$1")
    while [ -n "$began" ] && [ "$(started "$1")" = "$began" ]; do sleep 1; done
    unprivileged "$bin/pg_ctl" -D "$data" -s -m immediate stop || true
    rm -rf "$folder" "$folder.lock"
}

case $1 in
up)
    exec 9>"$folder.lock"
    flock 9
    if ! unprivileged "$bin/pg_ctl" -D "$data" status >/dev/null 2>&1; then
        make
        setsid sh "$0" watch "$folder" "$3" </dev/null >/dev/null 2>&1 9>&- &
    fi
    ;;
watch) watch "$3" ;;
start) start ;;
stop) unprivileged "$bin/pg_ctl" -D "$data" -s -w -m immediate stop ;;
sql) exec "$bin/psql" -h "$folder" -U postgres -d "$3" -v ON_ERROR_STOP=1 -qAt ;;
esac
