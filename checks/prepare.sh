# For checks/run and checks/self-test: sees to Chromium, Java, Node.js and the npm packages, and builds the site in $work.
# The site is built for the day that the golden texts were written, so that "nästa möte" does not change by itself.
set -eu
cd -- "$(dirname -- "$0")/.."

export SOURCE_DATE_EPOCH=1795305600 # 22 november 2026
export PUPPETEER_SKIP_DOWNLOAD=1    # pa11y uses the Chromium that is here
export NO_MKDOCS_2_WARNING=true

has() { command -v "$1" >/dev/null 2>&1; }

find_chromium() {
    for candidate in ${CHROMIUM:+"$CHROMIUM"} chromium chromium-browser google-chrome; do
        if has "$candidate"; then command -v "$candidate"; return; fi
    done
    return 1
}

node_fits() { has node && has npm && node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)'; }

# The Debian packages that are missing: only those, since a machine may have its Node.js from elsewhere.
missing() {
    find_chromium >/dev/null || printf 'chromium '
    has java || printf 'default-jre-headless '
    node_fits || printf 'nodejs npm '
}

if [ -n "$(missing)" ] && has apt-get && [ "$(id -u)" = 0 ]; then
    echo "Installerar med apt: $(missing)"
    apt-get -qq update || true # a list that cannot be fetched now may have been fetched before
    # shellcheck disable=SC2046 # the names are words
    DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $(missing) >/dev/null || true
fi
if [ -n "$(missing)" ]; then
    {
        echo 'Kontrollerna behöver Chromium (eller Chrome), Java och Node.js 20 eller nyare, med npm.'
        echo 'Skriv så här, och sedan samma kommando igen:'
        echo "  Debian och Ubuntu:  sudo apt install $(missing)"
        echo '  macOS:              brew install node openjdk && brew install --cask google-chrome'
        echo 'Finns Chromium på en annan plats? Sätt CHROMIUM=/sökväg/till/chromium.'
    } >&2
    exit 2
fi
CHROMIUM=$(find_chromium)
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
