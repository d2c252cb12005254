package io.ddgan.internal.weights;

import io.ddgan.api.Moments;
import io.ddgan.contract.DamagedFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DamagedWeightsTest {

  private static final int WAYS = 500;

  private static final Map<String, Tensor> TENSORS =
      Map.of(
          "layer.weight", Tensor.of(List.of(2L, 3L), 1, 2, 3, 4, 5, 6),
          "layer.bias", Tensor.of(List.of(2L), 7, 8),
          "scale", Tensor.of(List.of(), 9));

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"weights.pth", "weights.safetensors", "weights.npz"})
  void weightsAreRefusedOrRead(String name) throws IOException {
    Path file = folder.resolve(name);
    WeightFormat format = WeightFormat.of(file);
    format.write(file, TENSORS);
    DamagedFiles.check(file, WAYS, () -> format.read(file));
    if (format == WeightFormat.SAFETENSORS) {
      DamagedFiles.check(file, WAYS, () -> Safetensors.size(file));
    }
  }

  /** PyTorch can omit checksums, and attackers can compute them. */
  @ParameterizedTest
  @CsvSource({"weights.pth", "weights.npz"})
  void filesWithoutChecksumsAreRefusedOrRead(String name) throws IOException {
    Path file = folder.resolve(name);
    WeightFormat format = WeightFormat.of(file);
    format.write(file, TENSORS);
    Files.write(file, withoutChecksums(Files.readAllBytes(file)));
    DamagedFiles.check(file, 2 * WAYS, () -> format.read(file));
  }

  private static byte[] withoutChecksums(byte[] zip) {
    for (int i = 0; i + 20 < zip.length; i++) {
      if (zip[i] == 'P' && zip[i + 1] == 'K' && zip[i + 3] == zip[i + 2] + 1 && zip[i + 2] < 4) {
        int checksum = zip[i + 2] == 3 ? i + 14 : i + 16; // before an entry, and in the index
        Arrays.fill(zip, checksum, checksum + Integer.BYTES, (byte) 0);
      }
    }
    return zip;
  }

  @ParameterizedTest
  @ValueSource(strings = {"state-dict.pth", "kinds.pth"})
  void picklesAreRefusedOrRead(String name) throws IOException {
    Path file = folder.resolve(name);
    try (InputStream in = getClass().getResourceAsStream("/pytorch/" + name)) {
      Files.copy(in, file);
    }
    DamagedFiles.check(file, WAYS, () -> PytorchFile.read(file));
  }

  @Test
  void statisticsAreRefusedOrRead() throws IOException {
    Path file = folder.resolve("statistics.npz");
    FidStatisticsFile.write(file, Moments.of(new double[] {1, 2}, new double[] {3, 1, 1, 3}));
    DamagedFiles.check(file, WAYS, () -> FidStatisticsFile.read(file));
    DamagedFiles.check(file, WAYS, () -> FidStatisticsFile.isOne(file));
  }
}
