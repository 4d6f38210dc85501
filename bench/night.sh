#!/bin/sh
# night.sh HEDUI WORLD FOLDER HOUSEHOLDS STRANGERS ROUNDS: a whole `hedui run` against unpacking the same
# feeds, each on all cores, in turns, so that a busy machine is busy for all of them. WORLD is bench_world.
# Prints medians and ratios.
set -eu
hedui=$1 world=$2 folder=$3 households=$4 strangers=$5 rounds=$6
cores=$(nproc 2>/dev/null || echo 2)
times=$folder.times

if [ ! -f "$folder/hedui.yaml" ]; then
    "$world" "$folder" "$households" 1 "$strangers"
fi

now() { date +%s%N; }

# unpack PROGRAM: largest first, as a run does, so that none is left alone at the end
unpack() {
    find "$folder/inbox" -name "*.gz" -printf "%s %p\0" | sort -z -rn | cut -z -d " " -f 2- |
        xargs -0 -n 1 -P "$cores" "$1" -dc >/dev/null
}

# the first night, from an empty database: everything is new
first() {
    rm -rf "$folder/hedui.db" "$folder/hedui.db-wal" "$folder/hedui.db-shm" "$folder/archive" "$folder/out"
    again
}

# any later night: the same families and feeds, little is new
again() {
    "$hedui" run -C "$folder" --as-of 2014-07-05 --quiet >/dev/null || [ $? = 3 ]
}

# measure NAME COMMAND...: milliseconds into the table of times
measure() {
    name=$1
    shift
    start=$(now)
    "$@"
    echo "$name $((($(now) - start) / 1000000))" >>"$times"
}

rm -f "$times"
round=0
first # the page cache is warm for all of them
while [ "$round" -lt "$rounds" ]; do
    round=$((round + 1))
    measure gzip unpack gzip
    if command -v igzip >/dev/null; then
        measure igzip unpack igzip
    fi
    measure first first
    measure later again
done

echo "households $households, feeds $(cat "$folder"/inbox/*.gz | wc -c) bytes packed, $(
    for file in "$folder"/inbox/*.gz; do gzip -dc "$file"; done | wc -c) unpacked, $cores cores, $rounds rounds"
awk '
    { value[$1, ++count[$1]] = $2 }
    function median(name,    n, i, j, t) {
        n = count[name]
        for (i = 1; i <= n; i++)
            for (j = i + 1; j <= n; j++)
                if (value[name, j] < value[name, i]) {
                    t = value[name, i]; value[name, i] = value[name, j]; value[name, j] = t
                }
        return n % 2 ? value[name, (n + 1) / 2] : (value[name, n / 2] + value[name, n / 2 + 1]) / 2
    }
    END {
        first = median("first")
        later = median("later")
        printf "%-26s median %7.0f ms (%d to %d)\n", "hedui run, first night", first,
            value["first", 1], value["first", count["first"]]
        printf "%-26s median %7.0f ms (%d to %d)\n", "hedui run, a later night", later,
            value["later", 1], value["later", count["later"]]
        split("gzip igzip", names, " ")
        for (i = 1; i <= 2; i++)
            if (count[names[i]]) {
                base = median(names[i])
                printf "%-26s median %7.0f ms (%d to %d)  first night / this %.2f, later %.2f\n",
                    names[i] " -dc, in parallel", base, value[names[i], 1], value[names[i], count[names[i]]],
                    first / base, later / base
            }
    }' "$times"
