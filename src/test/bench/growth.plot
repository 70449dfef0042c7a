#!/usr/bin/env bash
# Draws how the time to all grows with the servers, from the tables that growth prints.
#
#   src/test/bench/growth.plot TABLES SVG
set -euo pipefail

# What gnuplot calls a shape's points.
block() { echo "\$${1//[^a-z0-9]/}"; }

shapes=('chain' 'ring' 'tree' 'star of stars' 'random 3-regular' 'full')
{
    echo 'set terminal svg size 860,460 font "system-ui,sans-serif,13" background "#ffffff"'
    echo 'set logscale xy; set grid lc rgb "#d8dce2"; set key left top'
    echo 'set xlabel "servers"; set ylabel "an update is everywhere after, ms"'
    echo 'set xrange [4:12000]; set yrange [0.3:20000]'
    for shape in "${shapes[@]}"; do
        echo "$(block "$shape") << EOD"
        awk -F '|' -v shape=" $shape " '!NF { exit } $2 == shape { gsub(/[, ]|ms/, "", $3); gsub(/[, ]|ms/, "", $8); print $3, $8 }' "$1"
        echo EOD
    done
    plots=()
    for shape in "${shapes[@]}"; do plots+=("$(block "$shape") with linespoints lw 2 title '$shape'"); done
    echo "plot $(IFS=,; echo "${plots[*]}"), 13 with lines dt 2 lc rgb '#888888' title 'Kafka, measured'"
} | gnuplot > "$2"
