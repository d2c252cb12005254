package io.ddgan.onednn.winograd;

import io.ddgan.onednn.runtime.NativeFloats;

/**
 * The numbers of tiles that products are made of, or are.
 *
 * @param base where the first of them begin
 * @param step from one number of a tile to the next
 */
public record TransformedTiles(NativeFloats numbers, int base, int step) {}
