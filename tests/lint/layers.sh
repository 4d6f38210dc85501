#!/bin/sh
# A layer includes itself and those below it; the faces and the demo include <hedui/...> only.
. "$(dirname "$0")/lint.sh"
c_files engine include | xargs awk '
    BEGIN {
        n = split("base value yaml text sheet cel feed caseload rule run store casework report job " \
                  "cli web demo", order, " ")
        for (i = 1; i <= n; i++)
            rank[order[i]] = i
        # The layer a public header belongs to, where its name does not say so.
        put("base", "arena buffer digest err file nearest span stop table log")
        put("value", "citizen_id date money month")
        put("text", "escape json message label")
        put("rule", "prior account")
        put("job", "workspace hedui")
        face["cli"] = face["web"] = face["demo"] = 1
    }
    function put(layer, names, list, count, i) {
        count = split(names, list, " ")
        for (i = 1; i <= count; i++)
            home[list[i]] = layer
    }
    function header(name) { # home, the name itself, or what stands before its first underscore
        if (name in home)
            return home[name]
        if (name in rank)
            return name
        sub(/_.*/, "", name)
        return name
    }
    function complain(text) { print FILENAME ":" FNR ": " text }
    FNR == 1 {
        split(FILENAME, part, "/")
        public = part[1] == "include"
        from = part[2]
        if (public) {
            from = part[3]
            sub(/\.h$/, "", from)
            from = header(from)
        }
        if (!(from in rank))
            complain("no layer is known for it (see tests/lint/layers.sh)")
    }
    /^ *# *include *"/ {
        split($0, quoted, "\"")
        if (public) {
            complain("a public header includes <...> only")
        } else if (!index(quoted[2], "/")) {
            if (quoted[2] !~ /\.def$/)
                complain("include by path from engine/, or <hedui/...>")
        } else {
            to = quoted[2]
            sub(/\/.*/, "", to)
            if (from in face ? to != from : !(to in rank) || rank[to] > rank[from])
                complain(from " may not include " to)
        }
    }
    /^ *# *include *<hedui\// {
        to = $0
        sub(/.*<hedui\//, "", to)
        if (to ~ /^messages/)
            next
        sub(/\..*/, "", to)
        to = header(to)
        if ((!(to in rank) || rank[to] > rank[from]) && !(from == "cli" && to == "demo"))
            complain(from " may not include " to)
    }' >>"$found"
finish
