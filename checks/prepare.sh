# For checks/run and checks/self-test: sees to Chromium, Java, Node.js and the npm packages, and builds the site in $work.
# The site is built for the day that the golden texts were written, so that "nästa möte" does not change by itself.
set -eu
cd -- "$(dirname -- "$0")/.."

export SOURCE_DATE_EPOCH=1795305600 # 22 november 2026
export PUPPETEER_SKIP_DOWNLOAD=1    # pa11y uses the Chromium that is here
export NO_MKDOCS_2_WARNING=true

checks/machine web
CHROMIUM=$(checks/machine chromium)
export CHROMIUM

stamp=checks/node_modules/.ready
key=$(cat checks/package.json checks/package-lock.json | cksum)
if [ "$(cat "$stamp" 2>/dev/null)" != "$key" ]; then
    echo 'Hämtar kontrollprogrammen med npm. Det kan ta någon minut.'
    npm ci --prefix checks --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
    echo "$key" >"$stamp"
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
echo 'Bygger webbplatsen.'
sh tools/venv site -m ipsite build --site-dir "$work/site"
