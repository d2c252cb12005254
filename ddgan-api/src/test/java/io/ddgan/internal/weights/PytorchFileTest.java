package io.ddgan.internal.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fixtures were written by {@code torch.save} of PyTorch 2.6. */
class PytorchFileTest {

  @TempDir Path folder;

  @Test
  void readsTheStateDictOfAModule() throws IOException {
    Map<String, Tensor> tensors = PytorchFile.readTensors(fixture("state-dict"));
    assertEquals(
        List.of(
            "linear.weight",
            "linear.bias",
            "norm.weight",
            "norm.bias",
            "norm.running_mean",
            "norm.running_var",
            "norm.num_batches_tracked"),
        List.copyOf(tensors.keySet()));
    assertTensor(List.of(2L, 3L), tensors.get("linear.weight"), 0, 0.5f, 1, 1.5f, 2, 2.5f);
    assertTensor(List.of(2L), tensors.get("linear.bias"), -1, 1);
    assertTensor(List.of(2L), tensors.get("norm.running_mean"), 0.25f, 0.5f);
    assertTensor(List.of(), tensors.get("norm.num_batches_tracked"), 0x1p40f);
  }

  @Test
  void readsAllTypesOfNumbersAsFloat32() throws IOException {
    Map<?, ?> kinds = kinds();
    assertTensor(
        List.of(6L),
        kinds.get("half"),
        1.5f,
        -0f,
        Float.POSITIVE_INFINITY,
        0x1p-24f,
        65504,
        Float.NaN);
    assertTensor(List.of(3L), kinds.get("bfloat16"), 1.5f, -2, 0x1.C4p127f);
    assertTensor(List.of(1L), kinds.get("double"), 0.1f);
    assertTensor(List.of(2L), kinds.get("long"), -3, 0x1p40f);
    assertTensor(List.of(1L), kinds.get("int"), -7);
    assertTensor(List.of(1L), kinds.get("short"), -300);
    assertTensor(List.of(1L), kinds.get("char"), -5);
    assertTensor(List.of(1L), kinds.get("byte"), 250);
    assertTensor(List.of(2L), kinds.get("bool"), 1, 0);
    assertTensor(List.of(), kinds.get("scalar"), 4);
    assertTensor(List.of(0L, 3L), kinds.get("empty"));
    assertTensor(List.of(2L), kinds.get("parameter"), 9, 10);
  }

  @Test
  void readsViewsOfASharedStorageInRowMajorOrder() throws IOException {
    Map<?, ?> kinds = kinds();
    assertTensor(List.of(3L, 4L), kinds.get("matrix"), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    assertTensor(List.of(4L, 3L), kinds.get("transposed"), 0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11);
    assertTensor(List.of(3L), kinds.get("column"), 1, 5, 9);
    assertTensor(List.of(4L), kinds.get("row"), 8, 9, 10, 11);
    assertTensor(List.of(6L), kinds.get("every-second"), 1, 3, 5, 7, 9, 11);
    assertTensor(List.of(2L, 3L), kinds.get("expanded"), 7, 7, 7, 8, 8, 8);
    float[] counted = new float[24];
    for (int i = 0; i < counted.length; i++) {
      counted[i] = i;
    }
    assertTensor(List.of(1L, 2L, 3L, 4L), kinds.get("channels-last"), counted);
  }

  @Test
  void readsPlainData() throws IOException {
    Map<?, ?> kinds = kinds();
    assertEquals(
        Arrays.asList(
            1L,
            -1L,
            300L,
            70_000L,
            -70_000L,
            1L << 31,
            -(1L << 40),
            1L << 62,
            0.5,
            true,
            false,
            Optional.empty(),
            "text"),
        kinds.get("list"));
    assertEquals(List.of(1L, List.of(2L, 3L), List.of()), kinds.get("tuple"));
    assertEquals(List.of(4L, 5L), kinds.get("size"));
    assertEquals("{b=1, a=2}", kinds.get("ordered").toString());
    assertEquals(Map.of(3L, "three", "k", Map.of()), kinds.get("ünï"));
  }

  @Test
  void readsWhatItWrites() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("z.weight", Tensor.of(List.of(2L, 1L, 3L), 1, 2, 3, 4, 5, 6));
    tensors.put("scalar", Tensor.of(List.of(), -0.5f));
    tensors.put("empty", Tensor.of(List.of(4L, 0L)));
    tensors.put("größe", Tensor.of(List.of(70_000L), new float[70_000]));
    Path file = folder.resolve("new/tensors.pth");
    WeightFormat.PYTORCH.write(file, tensors);
    Map<String, Tensor> read = PytorchFile.readTensors(file);
    assertEquals(List.copyOf(tensors.keySet()), List.copyOf(read.keySet()));
    tensors.forEach((name, t) -> assertTensor(t.shape(), read.get(name), t.toArray()));
    WeightFormat.PYTORCH.write(folder.resolve("again.pth"), tensors);
    assertEquals(-1, Files.mismatch(file, folder.resolve("again.pth")), "the same bytes");
  }

  @Test
  void refusesOtherDataThanAStateDict() throws IOException {
    Path file = fixture("kinds");
    String message =
        assertThrows(IOException.class, () -> PytorchFile.readTensors(file)).getMessage();
    assertEquals(
        file + " is not a state dict: its entry list is not a tensor with a name", message);
  }

  private Map<?, ?> kinds() throws IOException {
    return (Map<?, ?>) PytorchFile.read(fixture("kinds"));
  }

  private Path fixture(String name) throws IOException {
    Path file = folder.resolve(name + ".pth");
    try (InputStream in = getClass().getResourceAsStream("/pytorch/" + name + ".pth")) {
      Files.write(file, in.readAllBytes());
    }
    return file;
  }

  private static void assertTensor(List<Long> shape, Object actual, float... values) {
    assertEquals(shape, ((Tensor) actual).shape());
    assertArrayEquals(values, ((Tensor) actual).toArray());
  }
}
