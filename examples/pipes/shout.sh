#!/bin/sh
while read -r line; do
  case $line in
    shout\ *) printf '%s\n' "${line#shout }" | tr '[:lower:]' '[:upper:]' ;;
    *) echo ;;
  esac
done
