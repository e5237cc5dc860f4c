/**
 * Real IRC servers (ngIRCd, InspIRCd with Anope) on loopback ports, a scripted server for faults
 * that real ones do not show on request, and a witness client that records what a user would have
 * seen.
 */
@NullMarked
package dev.owlery.testkit.irc;

import org.jspecify.annotations.NullMarked;
