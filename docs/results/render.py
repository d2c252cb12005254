#!/usr/bin/env python3
"""Fills the tables of the pages from the CSV files next to this script, and draws the figures.

    docs/results/render.py             fills the tables of README.md and of all pages under docs
    docs/results/render.py --check     writes nothing; exits with 1 if a table differs from its data
    docs/results/render.py --figures   draws the figures into docs/images, too; needs matplotlib

A table stands between <!-- table: NAME --> and <!-- end -->, and TABLES says what it is made of.
A cell is a template: {kl:2} is the column kl with two decimals, {samples:,} has thousands
separated, and a part in [brackets] is left out where one of its columns is empty. The cell is
empty where another one is.
"""

import csv
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
IMAGES = ROOT / "docs" / "images"
MARKED = re.compile(r"(<!-- table: ([\w-]+) -->\n).*?(<!-- end -->)", re.S)


def mean(column):
    return f"{{{column}}}[ ± {{{column}_sd}}]"


def ratio(quantity):
    return f"{{{quantity}.ratio}}[ ({{{quantity}.ratio_low}} to {{{quantity}.ratio_high}})]"


def times(quantity):
    return f"[{{{quantity}.pytorch:,}}, {{{quantity}.ddgan:,}}: ]{{{quantity}.ratio}}"


LABEL = ("", "{label}")
SEEDS = ("seeds", "[{seeds}]")
MACHINE = ("machine", "[{machine}]")
SAMPLES = ("samples", "[{samples:,}]")
FID = ("classifier-fid", mean("classifier_fid"))
QUALITY = [(f"classifier-{name}", mean(f"classifier_{name}")) for name in ("precision", "recall", "coverage")]
KL = ("KL to uniform", mean("kl"))
SAMPLING = [LABEL, ("network evaluations", "{evaluations:,}"), ("seconds per 100", "{seconds_per_100}")]

# name: the CSV file, what selects its rows, the columns as (heading, cell); pivot names the column
# whose values are put before the names of the others, so that rows which differ in it become one
TABLES = {
    "machines": dict(columns=[("machine", "`{machine}`"), ("cores", "{cores}"), ("processor", "{processor}"), ("", "{remark}")]),
    "trilemma": dict(
        columns=[*SAMPLING, FID, *QUALITY, KL, SEEDS],
    ),
    "trilemma-short": dict(
        csv="trilemma",
        where=lambda r: r["label"] not in ("DDGAN, T = 1", "DDIM, 100 steps"),
        columns=[*SAMPLING, *((f"classifier-{name} {arrow}", mean(f"classifier_{name}")) for name, arrow in (("fid", "↓"), ("recall", "↑"), ("coverage", "↑")))],
    ),
    "sampling": dict(
        csv="trilemma",
        where=lambda r: r["family"] != "data" and "no reconstruction" not in r["label"],
        columns=[*SAMPLING, MACHINE],
    ),
    "sampling-onnxruntime": dict(columns=[("samples at once", "{samples}"), ("ddgan, ms", "{ddgan_ms} ({ddgan_low} to {ddgan_high})"), ("ONNX Runtime, ms", "{onnxruntime_ms} ({onnxruntime_low} to {onnxruntime_high})"), MACHINE]),
    "denoisers": dict(
        columns=[("output", "{parameterization}"), ("schedule", "{schedule}"), ("DDIM steps", "{evaluations}"), ("classifier-fid", "{classifier_fid}"), SEEDS, MACHINE]
    ),
    "ablations-gaussians": dict(
        columns=[
            LABEL, ("modes covered", mean("modes")), ("high quality, %", mean("high_quality")),
            KL, SEEDS,
        ]
    ),
    "ablations-garments": dict(
        columns=[
            LABEL, FID, ("by seed", "[{classifier_fid_by_seed}]"), *QUALITY, KL, SEEDS,
        ]
    ),
    "ablations-cifar-10": dict(columns=[LABEL, FID, *QUALITY, KL, SEEDS]),
    "recipe": dict(
        columns=[
            LABEL, ("steps", "{steps:,}"),
            *((f"classifier-{name}", f"{{classifier_{name}}}") for name in ("fid", "precision", "recall", "coverage")),
            ("class accuracy", "{class_accuracy}"), SAMPLES, MACHINE,
        ]
    ),
    "modes-gaussians": dict(
        columns=[
            LABEL, ("network evaluations", "{evaluations:,}"), ("modes of 25, by seed", "{modes_by_seed}"),
            ("high quality, %", mean("high_quality")), ("KL to uniform", mean("kl")), MACHINE,
        ]
    ),
    "modes-stacked-digits": dict(
        columns=[LABEL, ("images seen", "[{images:,}]"), ("modes of 1,000", "[{modes:,}]"), ("KL to uniform", "{kl}"), SEEDS]
    ),
    "after-the-paper-gaussians": dict(
        columns=[
            LABEL, ("modes of 25, by seed", "{modes_by_seed}"), ("by the papers' protocol", "{papers_modes_by_seed}"),
            ("high quality, %", mean("high_quality")), KL,
        ]
    ),
    "after-the-paper-garments": dict(
        columns=[LABEL, FID, *QUALITY[:2]]
    ),
    "wavelets": dict(
        columns=[("networks see", "{representation}"), ("ms a step, two turns", "{step_ms_by_turn}"), ("memory, MiB", "{memory_mib}"), MACHINE]
    ),
    "models": dict(
        where=lambda r: r["kind"] in ("image", "real"),
        columns=[
            LABEL, ("classifier-fid", "{classifier_fid:2}[ ± {classifier_fid_se:2}]"),
            *((f"classifier-{name}", f"{{classifier_{name}:2}}") for name in ("precision", "recall", "density", "coverage")),
            ("class accuracy", "{class_accuracy:3}"), ("classifier-intra-fid", "[{classifier_intra_fid:2}]"),
        ],
    ),
    "models-modes": dict(
        csv="models",
        where=lambda r: r["kind"] == "modes",
        columns=[
            LABEL, SAMPLES, ("modes covered", "{modes:,} of {modes_total:,}"), ("high quality, %", "[{high_quality:2}]"), ("KL to uniform", "{kl:3}"),
        ],
    ),
    "training-times": dict(
        columns=[
            ("", "{subject}"), ("steps", "[{steps:,}]"), ("batch", "{batch}"), ("minutes", "[{minutes}]"), ("images/s", "[{images_per_second}]"),
            ("threads", "{threads}"), MACHINE, ("other load", "[{load}]"),
        ]
    ),
    "speed": dict(
        csv="speed-pytorch",
        where=lambda r: r["executor"] == "onednn" and r["turns"] != "1",
        pivot="quantity", key=("machine", "network", "images"),
        columns=[
            ("network, images of a batch", "{network}, {images}"), ("machine", "{machine}"), ("training step", ratio("training step")), ("with R1", ratio("training step with R1")),
            ("generator", ratio("generator forward")), ("sampling, T = 4", ratio("sampling in 4 steps")), ("memory", "{peak memory.ratio}"),
        ],
    ),
    "speed-short": dict(
        csv="speed-pytorch",
        where=lambda r: (r["machine"], r["executor"], r["network"]) == ("epyc-25", "onednn", "preset `bench`"),
        columns=[("", "{quantity}, {unit}"), ("PyTorch 2.6", "{pytorch:,}"), ("ddgan", "{ddgan:,}"), ("ratio", "{ratio}[ ({ratio_low} to {ratio_high})]")],
    ),
    "speed-times": dict(
        csv="speed-pytorch",
        where=lambda r: (r["machine"], r["executor"]) == ("epyc-25", "onednn"),
        pivot="quantity", key=("machine", "network", "images"),
        columns=[
            ("network", "{network}"), ("images", "{images}"), ("training step", times("training step")), ("with R1", times("training step with R1")),
            ("generator", times("generator forward")), ("sampling, T = 4", times("sampling in 4 steps")), ("memory, MiB", times("peak memory")),
        ],
    ),
    "speed-nd4j": dict(
        csv="speed-pytorch",
        where=lambda r: r["executor"] == "nd4j",
        pivot="quantity", key=("machine", "network", "images"),
        columns=[
            ("network, images of a batch", "{network}, {images}"), ("machine", "{machine}"),
            *((heading, f"{{{quantity}.ratio_low}} to {{{quantity}.ratio_high}}") for heading, quantity in (
                ("training step", "training step"), ("with R1", "training step with R1"), ("generator", "generator forward"),
                ("sampling, T = 4", "sampling in 4 steps"), ("memory", "peak memory"))),
        ],
    ),
    "profile": dict(
        columns=[("ddgan", "{ddgan}"), ("calls", "{calls}"), ("share, %", "{ddgan_share}"), ("PyTorch", "[{pytorch}]"), ("share, % ", "[{pytorch_share}]")]
    ),
    "executor-parts": dict(
        columns=[
            ("part", "{part}[ (`{code}`)]"), ("of", "{measured}"), ("without", "{before}"), ("with", "{after}"), ("", "{unit}"), MACHINE,
        ]
    ),
    "processes": dict(columns=[("", "{configuration}"), ("ms a step, by turn", "{step_ms_by_turn}"), MACHINE]),
    "memory": dict(
        columns=[("", "{subject}"), ("MB", "{first_mb}"), ("at", "{first_at}"), ("MB ", "{last_mb}"), ("at ", "{last_at}"), MACHINE]
    ),
    "evaluation-costs": dict(columns=[("work", "{work}"), ("time", "{time}"), MACHINE]),
    "fid-by-samples": dict(
        columns=[("samples", "{samples:,}"), ("classifier-fid", "{classifier_fid}"), ("its standard error", "{classifier_fid_se}"), ("of real images", "{real}")]
    ),
    "classifiers": dict(
        columns=[("trained on", "{data}"), ("test accuracy, %", "{accuracy}"), ("held-out images", "[{held_out:,}]"), ("comes with ddgan", "{shipped}")]
    ),
    "agreement": dict(columns=[("part", "{part}"), ("compared", "{compared}"), ("within", "{within}")]),
    "reference-options": dict(columns=[("reference", "{reference}"), ("ddgan", "{key}")]),
}


def read(name):
    with open(HERE / f"{name}.csv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def pivoted(rows, column, key):
    merged = {}
    for row in rows:
        target = merged.setdefault(tuple(row[k] for k in key), {k: row[k] for k in key})
        target.update({f"{row[column]}.{k}": v for k, v in row.items()})
    return merged.values()


def filled(template, row):
    """The template with the row's values; None where one is empty."""
    missing = False

    def value(match):
        nonlocal missing
        name, style = match.groups()
        text = row[name] or ""
        missing = missing or not text
        if not text or not style:
            return text
        if style == ",":
            return f"{int(text):,}"
        # numbers that were recorded with fewer digits stay as they are
        digits = min(int(style), len(text.partition(".")[2]))
        return f"{float(text):.{digits}f}"

    result = re.sub(r"\{([^{}:]+)(?::([\d,]))?\}", value, template)
    return None if missing else result


def cell(template, row):
    template = re.sub(r"\[([^\]]*)\]", lambda part: filled(part.group(1), row) or "", template)
    return filled(template, row) or ""


def table(name):
    spec = TABLES[name]
    rows = [row for row in read(spec.get("csv", name)) if spec.get("where", lambda row: True)(row)]
    if "pivot" in spec:
        rows = pivoted(rows, spec["pivot"], spec["key"])
    columns = spec["columns"]
    lines = [[heading.strip() for heading, _ in columns], ["---"] * len(columns)]
    lines += [[cell(template, row) for _, template in columns] for row in rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def pages():
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def fill(check):
    stale = []
    for page in pages():
        text = page.read_text(encoding="utf-8")
        new = MARKED.sub(lambda match: match.group(1) + table(match.group(2)) + match.group(3), text)
        if new != text:
            stale.append(page.relative_to(ROOT))
            if not check:
                page.write_text(new, encoding="utf-8")
    return stale


def figures():
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams.update({
        "svg.hashsalt": "ddgan", "svg.fonttype": "none", "font.size": 10,
        "font.family": "sans-serif", "font.sans-serif": ["Helvetica", "Arial", "Liberation Sans", "DejaVu Sans"],
        "axes.spines.top": False, "axes.spines.right": False, "axes.grid": True, "grid.color": "#dddddd", "axes.axisbelow": True,
    })
    import logging

    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    from matplotlib import pyplot

    def save(figure, name):
        figure.savefig(IMAGES / f"{name}.svg", bbox_inches="tight", metadata={"Date": None, "Creator": None})
        pyplot.close(figure)

    scatter(pyplot, save)
    dots(pyplot, save, "after-the-paper-gaussians", [("modes covered of 25", by_seed("modes_by_seed")), ("high quality, %", spread("high_quality"))])
    garments = dict(where=lambda row: row["label"] != "real images")
    dots(pyplot, save, "after-the-paper-garments", [("classifier-fid", spread("classifier_fid")), ("classifier-recall", spread("classifier_recall"))], **garments)


def scatter(pyplot, save):
    colours = {"GAN": "#d55e00", "DDGAN": "#0072b2", "diffusion": "#009e73"}
    # where a label stands from its dot, in points, and which of its ends is there
    places = {
        "DDGAN, T = 1": (-4, 9, "left"), "DDGAN, T = 8": (-12, -3, "right"), "DDIM, 50 steps": (0, -19, "center"),
        "DDIM, 100 steps": (0, 12, "center"), "DDPM, 1,000 steps": (0, 13, "center"),
    }
    figure, axes = pyplot.subplots(figsize=(7.2, 4.4))
    for row in (row for row in read("trilemma") if row["family"] != "data"):
        x, y = float(row["seconds_per_100"]), float(row["classifier_fid"])
        axes.scatter(x, y, s=380 * float(row["classifier_coverage"]), color=colours[row["family"]], alpha=0.85, linewidths=0)
        dx, dy, side = places.get(row["label"], (12, -3, "left"))
        axes.annotate(row["label"], (x, y), xytext=(dx, dy), textcoords="offset points", ha=side, fontsize=9)
    axes.set(xscale="log", xlabel="seconds for 100 images", ylabel="classifier-fid", ylim=(0, 7.2), xlim=(0.07, 160))
    axes.set_xticks([0.1, 1, 10, 100], ["0.1", "1", "10", "100"])
    families = [axes.scatter([], [], s=90, color=colour, linewidths=0, label=name) for name, colour in colours.items()]
    sizes = [axes.scatter([], [], s=380 * c, color="#999999", linewidths=0, label=f"classifier-coverage {c}") for c in (0.2, 0.7)]
    axes.legend(handles=families + sizes, loc="upper right", frameon=False)
    save(figure, "trilemma")


def spread(column):
    def of(row):
        deviation = float(row[column + "_sd"] or 0)
        return float(row[column]), deviation, []
    return of


def by_seed(column):
    def of(row):
        values = [float(value) for value in row[column].split(",")]
        return sum(values) / len(values), 0, values
    return of


def dots(pyplot, save, name, panels, where=lambda row: True):
    rows = [row for row in read(name) if where(row)]
    figure, all_axes = pyplot.subplots(1, len(panels), sharey=True, figsize=(7.2, 0.24 * len(rows) + 0.8))
    for axes, (title, of) in zip(all_axes, panels):
        for i, row in enumerate(rows):
            value, deviation, seeds = of(row)
            if seeds:
                axes.scatter(seeds, [i] * len(seeds), s=9, color="#888888", zorder=1.5)
            axes.errorbar(value, i, xerr=deviation or None, fmt="o", markersize=5, color="#0072b2", zorder=2, elinewidth=1.5)
        axes.set_xlabel(title)
        axes.set_xlim(left=0)
    all_axes[0].set_yticks(range(len(rows)), [row["label"] for row in rows])
    all_axes[0].invert_yaxis()
    save(figure, name)


def main(arguments):
    if set(arguments) - {"--check", "--figures"}:
        sys.exit(__doc__)
    check = "--check" in arguments
    stale = fill(check)
    for page in stale:
        print(f"{page}: {'a table differs from its data' if check else 'filled'}")
    if "--figures" in arguments and not check:
        figures()
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
