-- The index that `claimx.gazetteer` reads: countries, their states and provinces, US counties and cities by name.
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE countries (
    id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL, capital TEXT NOT NULL,
    neighbours TEXT NOT NULL, geonameid INTEGER NOT NULL
);
CREATE TABLE divisions (
    id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, country TEXT NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL,
    kind TEXT NOT NULL, area TEXT NOT NULL, geonameid INTEGER
);
CREATE INDEX divisions_by_name ON divisions (folded);
CREATE TABLE counties (name TEXT NOT NULL, state TEXT NOT NULL, PRIMARY KEY (name, state)) WITHOUT ROWID;
CREATE TABLE cities (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, country TEXT NOT NULL, division TEXT NOT NULL, people INTEGER NOT NULL,
    lat REAL NOT NULL, lon REAL NOT NULL, geonameid INTEGER NOT NULL
);
CREATE TABLE spellings (
    folded TEXT NOT NULL, city INTEGER NOT NULL REFERENCES cities, PRIMARY KEY (folded, city)
) WITHOUT ROWID;
