/**
 * Tests of the contracts in {@link io.ddgan.api}. To test a component, extend the class of its
 * contract, which is in this module's test jar, and return the component there. A backend of ND4J
 * must be on the class path.
 */
package io.ddgan.contract;
