import TensorCore
import Testing

@Suite struct PeakSignalToNoiseTests {
  @Test func `a tenth of the error is ten decibels`() {
    // Decibels from the system's logarithm, right to 15 digits.
    #expect(abs(peakSignalToNoise(0.01) - 20) < 1e-9)
    #expect(abs(peakSignalToNoise(0.001) - 30) < 1e-9)
    #expect(peakSignalToNoise(0) == 60)
    #expect(peakSignalToNoise(.nan).isNaN)
  }

  @Test func `the mean of the ratios is above the ratio of the mean`() {
    let errors = [0.001, 0.1]
    #expect(abs(meanPeakSignalToNoise(errors) - 20) < 1e-9)
    #expect(abs(peakSignalToNoise(0.0505) - 12.967) < 1e-3)
    #expect(abs(meanPeakSignalToNoise(errors + [.nan]) - 20) < 1e-9)
    #expect(meanPeakSignalToNoise([.nan]).isNaN)
  }

  @Test func `only the pixels that are asked for count`() {
    let truth = Tensor([2, 1, 2, 2], [0, 0, 0, 0, 0, 0, 0, 0])
    let guess = Tensor([2, 1, 2, 2], [1, 0, 2, 2, 3, 3, 0, 0])
    #expect(squaredErrors(guess, truth) == [9.0 / 4, 18.0 / 4])
    let second = Tensor([2, 1, 2, 1], [0, 1, 0, 0])
    let errors = squaredErrors(guess, truth, over: second)
    #expect(errors[0] == 4 && errors[1].isNaN)
  }

  @Test func `perfect samples of the future have twice the least error`() {
    // Two futures, white to the left or to the right: the mean has ½ of what a guess has.
    let futures = Tensor([2, 1, 2, 1], [1, 0, 0, 1])
    let ghost = Tensor([2, 1, 2, 1], [0.5, 0.5, 0.5, 0.5])
    let mean = squaredErrors(ghost, futures).reduce(0, +) / 2
    let other = Tensor([2, 1, 2, 1], [0, 1, 1, 0])
    let sampled =
      (squaredErrors(futures, futures).reduce(0, +) + squaredErrors(other, futures).reduce(0, +))
      / 4
    #expect(mean == 0.25 && sampled == 0.5)
  }
}
