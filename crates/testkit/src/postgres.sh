# PostgreSQL for tests: in a folder of its own, on a socket in that folder and on no port, and gone
# when the process it was started for is. Debian's own cluster is not touched.
#
#   sh postgres.sh up FOLDER PID    starts it unless it runs; ends it, and the folder, with PID
#   sh postgres.sh start FOLDER     starts it again
#   sh postgres.sh stop FOLDER      stops it as a crash would
#   sh postgres.sh tls FOLDER PORT  has it listen on 127.0.0.1 with TLS too, and ask 'guarded' for a password
#   sh postgres.sh sql FOLDER DB    runs the standard input as superuser
#
# $SCRIPT is this text.
set -eu
cd /
folder=$2
data=$folder/data

PGPORT=$(cat "$folder/port" 2>/dev/null || echo 5432)
export PGPORT

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
    : >"$folder/ready"
}

# The certificate is its own authority, and says that it is of localhost.
tls() {
    printf '%s\n' '[req]' 'distinguished_name = name' 'x509_extensions = extensions' '[name]' '[extensions]' \
        'basicConstraints = critical, CA:FALSE' 'subjectAltName = DNS:localhost' >"$folder/tls.cnf"
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -config "$folder/tls.cnf" \
        -keyout "$data/server.key" -out "$data/server.crt" 2>/dev/null
    [ "$(id -u)" != 0 ] || chown postgres "$data/server.key" "$data/server.crt"
    chmod 600 "$data/server.key"
    unprivileged "$bin/pg_ctl" -D "$data" -s -w -m fast stop
    printf '%s\n' "listen_addresses = '127.0.0.1'" 'ssl = on' >>"$data/postgresql.conf"
    printf '%s\n' 'host all guarded 127.0.0.1/32 scram-sha-256' >"$folder/hba"
    cat "$data/pg_hba.conf" >>"$folder/hba"
    cat "$folder/hba" >"$data/pg_hba.conf"
    echo "$1" >"$folder/port"
    PGPORT=$1
    start
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
        setsid sh -c "$SCRIPT" postgres.sh watch "$folder" "$3" </dev/null >/dev/null 2>&1 9>&- &
    fi
    ;;
watch) watch "$3" ;;
start) start ;;
tls) tls "$3" ;;
stop) unprivileged "$bin/pg_ctl" -D "$data" -s -w -m immediate stop ;;
sql) exec "$bin/psql" -h "$folder" -U postgres -d "$3" -v ON_ERROR_STOP=1 -qAt ;;
esac
