#!/usr/bin/env bash
# Opens what `lotwright export` writes with the programs of others: GDAL (ogrinfo) and LibreOffice (soffice). Says what it skips where one of them is lacking.
set -euo pipefail
cd "$(dirname "$0")/.."

lotwright=${LOTWRIGHT:-target/release/lotwright}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
passed=0 failed=0 skipped=0

# check WHAT FOUND WANTED
check() {
  if [ "$2" = "$3" ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "check-files: $1 is \`$2\`, and should be \`$3\`" >&2
  fi
}

"$lotwright" export scenarios/whp-2017 --quiet --plan scenarios/whp-2017/plans/cpa.csv \
  --to "$folder"/plan.{gpkg,zip,geojson,xlsx,ods} "$folder/north-lots.geojson" >/dev/null
areas=$(($(wc -l <scenarios/whp-2017/plans/cpa.csv) - 1))
lots=$(tail -n +2 scenarios/whp-2017/plans/cpa.csv | cut -d, -f2 | sort -u | wc -l)

features() { ogrinfo -ro -so "$1" "$2" 2>&1 | sed -n 's/^Feature Count: //p'; }
system() { ogrinfo -ro -so "$1" "$2" 2>&1 | grep -o 'ID\["EPSG",[0-9]*\]\]' | tail -1 | tr -dc 0-9; }
cell() { ogrinfo -ro -q "$1" -dialect sqlite -sql "$2" 2>&1 | sed -n 's/^  v ([A-Za-z0-9]*) = //p'; }

if command -v ogrinfo >/dev/null; then
  check "areas in the GeoPackage" "$(features "$folder/plan.gpkg" areas)" "$areas"
  check "lots in the GeoPackage" "$(features "$folder/plan.gpkg" lots)" "$lots"
  check "links in the GeoPackage" "$(features "$folder/plan.gpkg" links)" 14
  check "warnings of GDAL" "$(ogrinfo -ro -so -al "$folder/plan.gpkg" 2>&1 | grep -ciE '^(warning|error)' || true)" 0
  for layer in areas lots links; do
    check "system of $layer in the GeoPackage" "$(system "$folder/plan.gpkg" $layer)" 27700
  done
  check "an area of the GeoPackage" "$(cell "$folder/plan.gpkg" "SELECT lot_id AS v FROM areas WHERE area_code = 'E08000035'")" "North East"
  check "people in the GeoPackage" "$(cell "$folder/plan.gpkg" "SELECT CAST(sum(volume) AS INTEGER) AS v FROM lots")" 349825
  check "invalid shapes in the GeoPackage" "$(cell "$folder/plan.gpkg" "SELECT count(*) AS v FROM (SELECT geom FROM areas UNION ALL SELECT geom FROM lots) WHERE NOT ST_IsValid(geom)")" 0
  shapes=/vsizip/$folder/plan.zip
  check "areas in the shapefile" "$(features "$shapes/areas.shp" areas)" "$areas"
  check "lots in the shapefile" "$(features "$shapes/lots.shp" lots)" "$lots"
  check "system of the shapefile" "$(ogrinfo -ro -so "$shapes/lots.shp" lots | grep -c 'British National Grid')" 2
  check "a name in the shapefile" "$(cell "$shapes/areas.shp" "SELECT area_name AS v FROM areas WHERE area_code = 'W06000001'")" "Isle of Anglesey"
  check "money in the shapefile" "$(cell "$shapes/lots.shp" "SELECT CAST(round(sum(value_gbp)) AS INTEGER) AS v FROM lots")" 428200000
  check "areas in the GeoJSON" "$(ogrinfo -ro -so -al "$folder/plan.geojson" 2>&1 | sed -n 's/^Feature Count: //p')" "$areas"
  check "lots in the GeoJSON" "$(ogrinfo -ro -so -al "$folder/north-lots.geojson" 2>&1 | sed -n 's/^Feature Count: //p')" "$lots"
else
  skipped=$((skipped + 1))
  echo "check-files: skipped GDAL, which is not installed (Debian package gdal-bin)"
fi

if command -v soffice >/dev/null; then
  # Every sheet as a text of its own, figures as they are and not as they are shown.
  options='csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1'
  for kind in xlsx ods; do
    mkdir "$folder/$kind"
    soffice --headless "-env:UserInstallation=file://$folder/office" --convert-to "$options" --outdir "$folder/$kind" "$folder/plan.$kind" >/dev/null 2>&1
    check "sheets of the $kind" "$(find "$folder/$kind" -name '*.csv' | wc -l)" 11
    check "areas in the $kind" "$(grep -cE '^[EW][0-9]{8},' "$folder/$kind/plan-Areas.csv")" "$areas"
    check "the plan in the $kind" "$(sed -nE 's/^([EW][0-9]{8}),("[^"]*"|[^,]*),([^,]*),.*/\1,\3/p' "$folder/$kind/plan-Areas.csv" | sort | sha256sum)" \
      "$(tail -n +2 scenarios/whp-2017/plans/cpa.csv | tr -d '\r' | sort | sha256sum)"
  done
  check "the lots of both workbooks" "$(sha256sum <"$folder/xlsx/plan-Lots.csv")" "$(sha256sum <"$folder/ods/plan-Lots.csv")"
else
  skipped=$((skipped + 1))
  echo "check-files: skipped LibreOffice, which is not installed (Debian package libreoffice-calc)"
fi

echo "check-files: $passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
