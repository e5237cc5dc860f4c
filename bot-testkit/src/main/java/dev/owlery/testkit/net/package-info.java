/**
 * What every fixture with a real server needs: ports that no other test run takes, child processes
 * that do not outlive the tests, and certificates made on the spot.
 */
@NullMarked
package dev.owlery.testkit.net;

import org.jspecify.annotations.NullMarked;
