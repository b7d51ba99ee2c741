#!/usr/bin/env bash
# Installs, on Debian 12 and as root, the servers that the topologies take, and starts none of them. Valkey is not in
# Debian 12: it comes from Debian 13, unpacked into a folder of its own with the libraries that it was built for.
set -euo pipefail

folder=/usr/local/lib/trackly-valkey
program=/usr/local/bin/valkey-server

# Asked by packages before they start a service: 101 says no.
if [ ! -e /usr/sbin/policy-rc.d ]; then
  printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
  chmod +x /usr/sbin/policy-rc.d
  trap 'rm /usr/sbin/policy-rc.d' EXIT
fi
# PostgreSQL's package would create a cluster.
mkdir -p /etc/postgresql-common/createcluster.d
echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.d/none.conf

apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
  redis-server pgbouncer postgresql-15 openssl util-linux >/dev/null

command -v valkey-server >/dev/null && exit 0
mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | grep '/debian/\?$' | sed -n 1p)
mkdir -p "$folder/apt/lists/partial" "$folder/apt/parts" "$folder/debs"
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror trixie main" >"$folder/apt/sources.list"
options=(-o "Dir::Etc::SourceList=$folder/apt/sources.list" -o "Dir::Etc::SourceParts=$folder/apt/parts"
  -o "Dir::State::Lists=$folder/apt/lists" -o APT::Sandbox::User=root)
apt-get "${options[@]}" update -qq
(cd "$folder/debs" && apt-get "${options[@]}" download -qq valkey-tools libatomic1 libc6 libcap2 libgcc-s1 libjemalloc2 \
  liblzf1 libssl3t64 libstdc++6 libsystemd0 libzstd1 zlib1g)
for deb in "$folder"/debs/*.deb; do dpkg -x "$deb" "$folder/root"; done
rm -r "$folder/apt" "$folder/debs"

libraries=$(dirname "$(find "$folder/root/usr/lib" -name 'ld-linux*' | sed -n 1p)")
loader=$(find "$libraries" -maxdepth 1 -name 'ld-linux*')
cat >"$program" <<END
#!/bin/sh
exec $loader --library-path $libraries --argv0 valkey-server $folder/root/usr/bin/valkey-check-rdb "\$@"
END
chmod +x "$program"
valkey-server --version
