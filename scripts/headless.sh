# shellcheck shell=bash
# A screen for machines that have none. Sourced after common.sh.

HEADLESS_PIDS=()

# Ends what this file started, by process id, last first.
end_headless() {
  local i pid
  for ((i = ${#HEADLESS_PIDS[@]} - 1; i >= 0; i--)); do
    pid=${HEADLESS_PIDS[i]}
    kill "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
  HEADLESS_PIDS=()
}

# start_screen FOLDER: an X server on a free display, of the window's own size; sets DISPLAY.
start_screen() {
  local number="$1/display" tries
  # Inherited sockets of another session would be tried first.
  unset WAYLAND_DISPLAY
  Xvfb -displayfd 3 -screen 0 1440x900x24 -nolisten tcp 3>"$number" >"$1/xvfb.log" 2>&1 &
  HEADLESS_PIDS+=($!)
  for ((tries = 0; tries < 100; tries++)); do
    if [[ -s "$number" ]]; then
      export DISPLAY=":$(<"$number")"
      return
    fi
    sleep 0.1
  done
  fail "The virtual screen did not start:" "$(<"$1/xvfb.log")"
}

# wait_for_picture PID SECONDS: until the window is drawn and has stopped changing, while PID lives.
wait_for_picture() {
  local before='' now same=0 end=$((SECONDS + $2)) size
  while ((SECONDS < end)); do
    kill -0 "$1" 2>/dev/null || return 1
    sleep 1
    # A blank or half-drawn window compresses to almost nothing.
    size=$(import -window root png:- 2>/dev/null | wc -c)
    now=$(import -window root rgb:- 2>/dev/null | sha256sum)
    if [[ "$now" == "$before" ]] && ((size > 40000)); then ((++same)); else same=0; fi
    ((same >= 4)) && return
    before=$now
  done
  echo "The window was still changing after $2 seconds; taking it as it is." >&2
}
