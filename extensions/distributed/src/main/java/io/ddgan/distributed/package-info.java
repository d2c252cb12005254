/**
 * Trains one run in several processes: rendezvous, connections and all-reduce.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.distributed;
