# Prints the Python that One Window is to be set up with; says in one sentence what is missing when there is none.
#
#   sh tools/choose_python.sh           the newest finished Python from 3.11 on along PATH
#   sh tools/choose_python.sh PYTHON    that one, if it will do
#
# Every Python is asked and none believed by its name: a launcher may stand in for a version that is not installed,
# and distributions leave out what makes virtual environments. What is printed is the Python below a virtual
# environment, because the one that is active here may be the very one that is to be made again.

oldest=3.11
way_out='make PYTHON=/path/to/python3'

ask='
import sys
v = sys.version_info
try:
    import ensurepip, venv
    has = 1
except ImportError:
    has = 0
rank = (v[3] == "final") * 10**9 + v[0] * 10**6 + v[1] * 10**3 + v[2]
place = getattr(sys, "_base_executable", None) or sys.executable
print("%d %d %d %d.%d.%d %s" % (rank, tuple(v[:2]) >= (3, 11), has, v[0], v[1], v[2], place))
'

complain() {
    echo "One Window needs Python $oldest or newer: $1." >&2
    exit 1
}

# Sets rank, is_new, has_venv, version and place of the Python $1; fails when it does not run.
look_at() {
    answer=$("$1" -c "$ask" 2>/dev/null) || return 1
    read -r rank is_new has_venv version place <<END
$answer
END
    [ -n "$place" ]
}

without_venv() {
    complain "$1 ($2) has no venv and ensurepip, which Debian and Ubuntu keep in the package python${1%.*}-venv; install that or name another Python: $way_out"
}

if [ -n "$1" ]; then
    look_at "$1" || complain "PYTHON=$1 cannot be run; name one that can: $way_out"
    [ "$is_new" = 1 ] || complain "PYTHON=$1 is $version; name a newer one: $way_out"
    [ "$has_venv" = 1 ] || without_venv "$version" "$1"
    echo "$place"
    exit 0
fi

best=0 old=0 bare=0
set -f
IFS=:
for folder in $PATH; do
    unset IFS
    set +f
    for candidate in "$folder"/python3.[0-9] "$folder"/python3.[0-9][0-9] "$folder"/python3 "$folder"/python; do
        [ -x "$candidate" ] && [ ! -d "$candidate" ] && look_at "$candidate" || continue
        if [ "$is_new" != 1 ]; then
            [ "$rank" -gt "$old" ] && old=$rank old_one="$version ($candidate)"
        elif [ "$has_venv" != 1 ]; then
            [ "$rank" -gt "$bare" ] && bare=$rank bare_version=$version bare_place=$candidate
        elif [ "$rank" -gt "$best" ]; then
            best=$rank best_place=$place
        fi
    done
done

if [ "$best" -gt 0 ]; then
    echo "$best_place"
elif [ "$bare" -gt 0 ]; then
    without_venv "$bare_version" "$bare_place"
elif [ "$old" -gt 0 ]; then
    complain "the newest found is $old_one; install a newer one or name it: $way_out"
else
    complain "none is on the PATH; install one or name it: $way_out"
fi
