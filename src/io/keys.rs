//! The keys of a scenario, each with its type and its meaning.

/// Every key of a scenario, with its type and meaning; `docs/formats.md` lists them, and a test holds the two together.
pub const KEYS: &[(&str, &str)] = &[
    ("schema", "text: `lotwright/scenario/1`"),
    ("name", "text: short name, letters, digits and hyphens"),
    ("title", "text: title for people"),
    (
        "areas.boundaries",
        "text: a data set, or the path of a file of boundaries, `FILE#layer` where it holds several layers",
    ),
    (
        "areas.layer",
        "text: the layer to take of a boundary file that holds several",
    ),
    (
        "areas.crs",
        "text: the system of a boundary file that does not say it: `EPSG:27700`, `EPSG:4326` or `EPSG:3857`",
    ),
    (
        "areas.mend",
        "true or false: whether rings that touch or cross themselves are repaired, or refused",
    ),
    (
        "areas.year",
        "whole number: the year to take of a boundary file whose areas have `start` and `end`",
    ),
    (
        "areas.forward_to",
        "whole number: the year to which areas are merged forward by the table of changes of codes",
    ),
    (
        "areas.only",
        "list: beginnings of codes, such as `[\"E\", \"W\"]`; other areas are not read",
    ),
    (
        "areas.near_m",
        "number: widest gap in metres across which areas count as neighbours",
    ),
    (
        "areas.least_border_m",
        "number: metres that a common border must have to count",
    ),
    (
        "areas.shapes",
        "list of pairs: a grouping and a boundary file with the outlines of its groups",
    ),
    (
        "areas.shapes_by",
        "text or list: `FILE:COLUMN`, or `FILE` and `TABLE:COLUMN`: small areas with people, by which outlines share areas",
    ),
    ("areas.tables", "list of paths: membership tables of your own"),
    ("areas.links_file", "path: a table of links of your own"),
    (
        "areas.unit",
        "text or list: `area`, or groupings, the first that holds an area makes its unit",
    ),
    ("areas.overlap", "text: `split`, `primary`, `twice` or `choose`"),
    (
        "areas.include",
        "list: `grouping:value` or area codes; without it, all areas",
    ),
    ("areas.exclude", "list: `grouping:value` or area codes"),
    (
        "volumes.file",
        "path: a table of volumes of any kind; `FILE#SHEET` names a sheet of a workbook",
    ),
    ("volumes.weight", "text: the column that shares out the money"),
    ("volumes.suppressed", "number: people to take for a suppressed cell"),
    (
        "volumes.suppressed_most",
        "number: the most people that a suppressed cell can hold",
    ),
    ("volumes.rounded_to", "number: people to which figures are rounded"),
    (
        "volumes.adds_up",
        "true or false: whether a measure that looks like a rate counts people all the same",
    ),
    (
        "volumes.split_by",
        "text: `FILE:COLUMN`, figures by which those of merged areas are divided",
    ),
    (
        "volumes.near_names",
        "true or false: whether names that are only near those of the boundaries are taken for them",
    ),
    (
        "funding.envelope_gbp",
        "number: the money of the whole programme, in pounds; 0 where no money is let",
    ),
    (
        "funding.participants",
        "whole number: participants over all years; or `\"all\"`, everybody whom the weight counts",
    ),
    ("funding.referral_years", "number: years of referral"),
    (
        "funding.model",
        "text: a funding model, such as `whp-2017`, or the path of one of your own",
    ),
    (
        "viability.floor",
        "text: `derived`, the least contract value that the funding model finds worth having",
    ),
    (
        "viability.floor_gbp",
        "number: least contract value of a lot, in pounds",
    ),
    (
        "viability.floor_participants",
        "whole number: fewest participants of a lot",
    ),
    (
        "viability.cap_gbp",
        "number: greatest contract value of a lot, in pounds",
    ),
    ("viability.cap_participants", "whole number: most participants of a lot"),
    (
        "viability.survive",
        "number: fall in volume that every lot survives, as a part of its volume",
    ),
    (
        "viability.chance",
        "number: chance with which every lot reaches its floor, from 0.5 to less than 1",
    ),
    (
        "risk.national_sd",
        "number: standard deviation of the error of volume that all areas share, as a part of the volume",
    ),
    (
        "risk.regional_sd",
        "number: standard deviation of the error that the areas of a region share beyond that",
    ),
    (
        "risk.local_sd",
        "number: standard deviation of the error that an area has to itself",
    ),
    (
        "risk.regions",
        "text or list: groupings, the first that holds an area says its region; `[\"region\", \"country\"]` if not given",
    ),
    (
        "lots.count",
        "`\"max\"`, a whole number, or a range such as `\"6..12\"`",
    ),
    (
        "lots.contiguous",
        "true or false: whether every lot must be in one piece",
    ),
    ("lots.links", "list: kinds of link that count as contiguous"),
    (
        "lots.keep_whole",
        "list: groupings, or `grouping:value`, that no lot boundary may cut",
    ),
    ("lots.never_together", "list of pairs: of which no lot may hold both"),
    (
        "lots.locks",
        "path: a table `area_code,lot_id` of areas whose lot is fixed",
    ),
    (
        "goal",
        "list of tables with `minimise`: `deal_splits`, `travel`, `border` or `imbalance`",
    ),
    (
        "solve.time_limit_s",
        "number: seconds after which the best plan so far is returned",
    ),
    ("solve.seed", "whole number: seed of every random choice"),
    ("solve.threads", "whole number: threads to use"),
];
