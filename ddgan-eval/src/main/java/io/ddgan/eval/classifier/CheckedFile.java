package io.ddgan.eval.classifier;

import io.ddgan.api.Fingerprint;
import io.ddgan.internal.weights.Safetensors;
import io.ddgan.internal.weights.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A file of tensors that shows whether it is as it was written.
 *
 * @param file name of the file, ending in {@code .safetensors}
 */
record CheckedFile(Path file) {

  private static final String CHECKSUM = "checksum";

  /**
   * Reads the file, if there is one.
   *
   * @param tensors names of the tensors that were written, which the checksum leaves out
   * @param names those of the facts
   * @throws IOException if it cannot be read, or does not hold what was written to it
   */
  Optional<Safetensors> read(Set<String> tensors, Set<String> names) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Safetensors content = Safetensors.read(file);
    Map<String, String> facts = new HashMap<>(content.metadata());
    String checksum = facts.remove(CHECKSUM);
    if (!content.tensors().keySet().equals(tensors)
        || !facts.keySet().equals(names)
        || !checksum(content.tensors(), facts).equals(checksum)) {
      throw new IOException(file + " does not hold what was written to it");
    }
    return Optional.of(content);
  }

  /** Creates or replaces the file. */
  void write(Map<String, Tensor> tensors, Map<String, String> facts) throws IOException {
    Map<String, String> all = new HashMap<>(facts);
    all.put(CHECKSUM, checksum(tensors, facts));
    new Safetensors(tensors, all).write(file);
  }

  /** With the file's name, so that a file in another one's place is not taken for it. */
  private String checksum(Map<String, Tensor> tensors, Map<String, String> facts) {
    Fingerprint checksum = new Fingerprint().add(file.getFileName().toString());
    new TreeMap<>(facts).values().forEach(checksum::add);
    new TreeMap<>(tensors).values().forEach(tensor -> checksum.add(tensor.toArray()));
    return checksum.hex();
  }
}
