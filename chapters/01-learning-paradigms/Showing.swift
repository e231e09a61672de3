import CourseData
import Notebook
import TensorCore

extension PictureSet {
  /// The first training picture of a class, named by it.
  private func example(of classNumber: Int) -> Notebook.Picture {
    let place = training.labels.firstIndex(of: classNumber) ?? 0
    return Notebook.Picture(
      training.pixels(at: [place]), height: training.height, width: training.width,
      channels: training.channels, caption: training.classNames[classNumber])
  }

  /// The first training picture of each of ten classes.
  var examples: PictureGrid {
    PictureGrid(
      "One picture of each class",
      rows: [0, 1].map { row in PictureRow("", (0..<5).map { example(of: row * 5 + $0) }) })
  }

  /// Three training pictures in the four positions of the rotation task.
  var turnedExamples: PictureGrid {
    let raw = Variable(training[0..<3].tensor())
    let positions = (0..<4).map { turns in
      PictureRow(
        ["upright", "one quarter turn", "two", "three"][turns],
        (0..<3).map { index in
          let one = turned(raw.gather([index]), quarterTurns: turns)
          return Notebook.Picture(
            one.value.numbers, height: training.height, width: training.width,
            channels: training.channels)
        })
    }
    return PictureGrid(
      "Three pictures in four positions", rows: positions)
  }
}

/// The mean of several runs of a training, in pieces of equal length, with the spread over the runs.
///
/// Single updates see few pictures and jump about; the mean of a piece says where they have got to.
func smoothed(_ name: String, _ runs: [[Double]], pieces: Int) -> Series {
  let length = runs.map(\.count).min() ?? 0
  let size = max(1, length / pieces)
  let starts = Array(stride(from: 0, to: length - size + 1, by: size))
  return Series(
    name, x: starts.map { $0 + size },
    runs: runs.map { run in starts.map { run[$0..<$0 + size].reduce(0, +) / Double(size) } })
}
