"""determinism.py ROOT PROGRAM NIGHT HOUSEHOLDS SEED COMBINATIONS: one night over one county, again and
again: other numbers of threads, other buffers, parts of other sizes, another library that inflates, other gzip members,
rows and files in other orders, another character set; then as many ways drawn from all of these at
once. Every time the same digest, flags, households and problem rows and, where the bytes were the
same, the same store. A second county has each feed there is, deltas and files that are no good; its
nights differ in how they are read. Then what the comparison would notice: faults planted in each of these ways,
cells changed, one row gone."""
import copy
import random
import shutil
import sys
import tempfile

from nights import County, Way, differences

SIZES = (1, 2, 3, 7, 64, 4095, 4096, 65536, 1 << 20)
MEMBERS = ((1, 9), (2, 1), (40, 6))

# A fault and a way to meet it; of the last ones another way in which it stands elsewhere.
PLANTS = (
    (Way(spoil="input", input=64), None),
    (Way(spoil="block", block=7), None),
    (Way(spoil="inflate", inflate="zlib"), None),
    (Way(spoil="threads", threads=3), None),
    (Way(spoil="members", members=(3, 6)), Way(spoil="members", members=(1, 6))),
    (Way(spoil="place", order=1), Way(spoil="place")),
    (Way(spoil="place", charset="other"), Way(spoil="place", charset="same")),
)


def readings(sizes):
    """The sizes by turns with either library and several threads."""
    for i, size in enumerate(sizes):
        yield Way(threads=1 + i % 4, input=size, block=size, inflate=("best", "zlib")[i % 2])
    yield Way(input=1, block=1 << 20, inflate="zlib")
    yield Way(input=1 << 20, block=1, threads=4)
    yield Way(keep=1, threads=2)
    yield Way(share=1)
    yield Way(share=1, threads=3, block=4096)
    yield Way(part=1, threads=2)
    yield Way(part=61, threads=3)


def deliveries():
    """Each way to deliver the same by itself."""
    for threads in (2, 4, 8):
        yield Way(threads=threads)
    for members in MEMBERS:
        yield Way(threads=4, members=members)
    yield Way(threads=2, order=0)
    yield Way(threads=4, charset="other")


def drawn_reading(chance):
    return Way(threads=chance.choice((1, 2, 3, 4, 8)),
               input=chance.choice((0, *SIZES, chance.randrange(1, 300))),
               block=chance.choice((0, *SIZES, chance.randrange(1, 300))),
               keep=chance.choice((0, 1, 16)),
               share=chance.choice((0, 1)),
               part=chance.choice((0, 1, chance.randrange(1, 2000))),
               inflate=chance.choice(("best", "zlib")))


def drawn(chance):
    return drawn_reading(chance)._replace(
               members=chance.choice((None, *MEMBERS, (chance.randrange(2, 200), 6))),
               order=chance.choice((None, chance.randrange(1 << 30))),
               charset=chance.choice((None, "other")))


def told(way):
    usual = Way()._asdict()
    return ", ".join(f"{name} {value}" for name, value in way._asdict().items()
                     if value != usual[name]) or "as usual"


class Check:
    def __init__(self, county):
        self.county, self.failures, self.bases = county, [], {}

    def fail(self, what):
        self.failures.append(what)
        print("FAILED:", what, flush=True)

    def base(self, way):
        """The usual night to compare with: the cars without broken characters have one of their own."""
        usual = Way(charset=way.charset and "same")
        if usual not in self.bases:
            self.bases[usual] = self.county.night(usual)
        return self.bases[usual], usual

    def same(self, way):
        seen = self.county.night(way)
        wrong = differences(*self.base(way), seen, way)
        if wrong:
            self.fail(f"{told(way)}: other {', '.join(wrong)}")
        return seen

    def notices_plants(self):
        for way, elsewhere in PLANTS:
            seen, usual = (self.county.night(elsewhere), elsewhere) if elsewhere else self.base(way)
            if "digest" not in differences(seen, usual, self.county.night(way), way):
                self.fail(f"{told(way)}: nobody noticed")

    def notices_cells(self):
        """A cell of each list and table, changed; a row, gone."""
        base, usual = self.base(Way())
        for name in ("flags", "households", "rejects"):
            for way in (usual, Way(members=(2, 6)), Way(order=1), Way(charset="other")):
                changed = copy.deepcopy(base)
                changed[name][1][0] += "1"
                shorter = copy.deepcopy(base)
                del shorter[name][-1]
                for spoilt in (changed, shorter):
                    if differences(base, usual, spoilt, way) != [name]:
                        self.fail(f"{name} spoilt, {told(way)}: nobody noticed")
        for name, rows in base["store"].items():
            if len(rows) > 1:
                changed = {**base, "store": {**base["store"], name: rows[:-1]}}
                if differences(base, usual, changed, Way(threads=2)) != ["store." + name]:
                    self.fail(f"a row of {name} gone: nobody noticed")

    def notices_a_fact(self):
        """One row of cars that a flag rests on is left out."""
        base, usual = self.base(Way())
        at = {name: i for i, name in enumerate(base["flags"][0])}
        place = next((file, int(line)) for row in base["flags"][1:]
                     for file, line in zip(row[at["来源文件"]].split("；"), row[at["行号"]].split("；"))
                     if file.startswith("veh-") and line.isdigit())

        def leave_out(name, rows):
            line, kept = 1, []
            for row in rows:
                if (name, line) != place:
                    kept.append(row)
                line += row.count(b"\n")
            return kept

        self.county.change = leave_out
        way = Way(members=(1, 6))
        wrong = differences(base, usual, self.county.night(way), way)
        self.county.change = None
        if "digest" not in wrong or "flags" not in wrong:
            self.fail(f"line {place[1]} of {place[0]} left out: nobody noticed")


def main():
    root, program, night = sys.argv[1:4]
    households, seed, combinations = (int(n) for n in sys.argv[4:7])
    work = tempfile.mkdtemp(prefix="hedui-determinism-")
    chance, failures, compared, spoilt, libraries = random.Random(seed), [], 0, 0, set()
    try:
        for further in (False, True):
            county = County(root, program, night, tempfile.mkdtemp(dir=work))
            county.make(households, seed, *(["--all-feeds"] if further else []))
            check = Check(county)
            base, _ = check.base(Way())
            if county.ordinary_night() != base["digest"]:
                check.fail("hedui run: other digest")
            ways = [*readings(SIZES[::3] if further else SIZES), *([] if further else deliveries())]
            draw = drawn_reading if further else drawn
            ways += [draw(chance) for _ in range(combinations)]
            libraries |= {base["inflate"]} | {check.same(way)["inflate"] for way in ways}
            compared += county.nights
            spoilt -= county.nights
            if not further:
                check.notices_plants()
                check.notices_cells()
                check.notices_a_fact()
            spoilt += county.nights
            failures += check.failures
        print(f"{compared} nights over two counties of {households} households, seed {seed}, "
              f"{combinations} ways drawn for each, inflated by {' and '.join(sorted(libraries))}: "
              f"{len(failures)} differ; {spoilt} nights spoilt on purpose")
        if failures:
            sys.exit(f"{len(failures)} failed")
    finally:
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
