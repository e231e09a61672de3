import Chapter3Exercises
import CourseData
import Notebook
import TensorCore

/// The learner's sampler in the place of the chapter's (`--mine`).
///
/// Where it is not written yet, or draws pairs that no picture has, that is named once.
final class Mine {
  private let learner = LearnersFunctions(orElse: "the chapter's own")

  /// What became of the function.
  var report: String { learner.report }

  // MARK: Exercise 3.1

  /// Draws pairs of patches by exercise 3.1.
  ///
  /// - Parameter layout: how large patches are, how far apart, and how far each is moved.
  /// - Returns: what draws so many pairs of some pictures; it gives nil, and leaves the generator as it
  ///   was, where there are none that can be used.
  func sampler(_ layout: PatchLayout) -> (Pictures, Int, inout Random) -> [PatchPair]? {
    { pictures, count, random in
      var moved = random
      var pairs: [PatchPair] = []
      for _ in 0..<count {
        guard let pair = self.pair(of: pictures, layout, using: &moved) else { return nil }
        pairs.append(pair)
      }
      random = moved
      return pairs
    }
  }

  /// One pair of a picture that is drawn evenly; nil where it cannot be used.
  private func pair(
    of pictures: Pictures, _ layout: PatchLayout, using random: inout Random
  ) -> PatchPair? {
    let picture = random.integer(below: pictures.count)
    let given = learner.answer {
      try drawPair(
        height: pictures.height, width: pictures.width, size: layout.size, gap: layout.gap,
        jitter: layout.jitter, random: &random)
    }
    guard let given else { return nil }
    guard (0..<PatchLayout.neighbours).contains(given.label) else {
      learner.refuse("drawPair gives a label that is not from 0 to 7", exercise: "3.1")
      return nil
    }
    let (rows, columns) = (
      0...(pictures.height - layout.size), 0...(pictures.width - layout.size)
    )
    let areInside = [given.first, given.second].allSatisfy { corner in
      rows.contains(corner.top) && columns.contains(corner.left)
    }
    guard areInside else {
      learner.refuse("drawPair gives a patch that does not lie in the picture", exercise: "3.1")
      return nil
    }
    return PatchPair(
      middle: PatchPlace(picture: picture, top: given.first.top, left: given.first.left),
      neighbour: PatchPlace(picture: picture, top: given.second.top, left: given.second.left),
      label: given.label)
  }
}
