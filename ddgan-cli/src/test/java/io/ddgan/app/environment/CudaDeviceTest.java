package io.ddgan.app.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CudaDeviceTest {

  @Test
  void theBuildForTheCpuAsksForNoCard() {
    assertEquals(Optional.empty(), CudaDevice.problem());
  }

  @ParameterizedTest
  @CsvSource({"3, 7", "5, 0", "7, 5", "8, 6", "8, 9"})
  void cardsFromKeplerToAdaCanBeUsed(int major, int minor) {
    assertEquals(Optional.empty(), new CudaDevice(major, minor).problemOfCard());
  }

  @ParameterizedTest
  @CsvSource({"2, 1", "3, 5", "9, 0", "10, 0", "12, 0"})
  void olderAndNewerOnesAreNamed(int major, int minor) {
    String problem = new CudaDevice(major, minor).problemOfCard().orElseThrow();
    assertTrue(
        problem.startsWith("this card has the compute capability %d.%d; ".formatted(major, minor)),
        problem);
  }
}
