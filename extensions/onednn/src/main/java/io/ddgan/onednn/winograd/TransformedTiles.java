package io.ddgan.onednn.winograd;

import io.ddgan.onednn.runtime.NativeFloats;

/**
 * Tiles in the Winograd domain: factors or results of products.
 *
 * @param base start of the first point
 * @param step distance between the points of a tile
 */
public record TransformedTiles(NativeFloats numbers, int base, int step) {}
