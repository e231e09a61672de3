import Checkers
import CourseData
import ExerciseFunctions
import SolutionFunctions
import TensorCore

private func undone(
  _ exercise: String, by family: Family, _ name: String,
  _ change: (inout Chapter3Functions) -> Void
) -> Specimen<Chapter3Functions> {
  .undone(by: family, exercise, name, chapter3Solutions, change)
}

private let solutions = chapter3Solutions

/// Answers that are right on ordinary inputs; more stand among each exercise's specimens.
let undoneInChapter3: [Specimen<Chapter3Functions>] = [
  undone("3.1", by: .edges, "a gap of one pixel at least, in a picture that has no room for it") {
    $0.drawPair = { height, width, size, gap, jitter, random in
      if gap > 0 { return try solutions.drawPair(height, width, size, gap, jitter, &random) }
      var pair = try solutions.drawPair(height, width, size, gap, jitter, &random)
      let step = PatchLayout.direction(pair.label)
      pair.second = (pair.second.top + step.down, pair.second.left + step.across)
      return pair
    }
  },
  undone("3.2", by: .edges, "a mirror's eigenvalue is no less than 0") {
    $0.eigenvalues = { a, s in try solutions.eigenvalues(a, s).map { max(0, $0) } }
  },
  undone("3.2", by: .scale, "differences below 1e-10 are none") {
    $0.shareLeft = { d, a in
      d.allSatisfy { abs($0) < 1e-10 } ? 0 : try solutions.shareLeft(d, a)
    }
  },
  undone("3.3", by: .edges, "a single pixel loses its colours, not its channel") {
    $0.dropped = { pixels, random in
      if pixels.count > 1 { return try solutions.dropped(pixels, &random) }
      let kept = random.integer(below: 3)
      return [(0..<3).map { $0 == kept ? pixels[0][$0] : 0 }]
    }
  },
  undone("3.4", by: .edges, "a strip without pairs") {
    $0.labelShares = { rows, columns in
      if rows > 1 && columns > 1 { return try solutions.labelShares(rows, columns) }
      return [Float](repeating: 0, count: 8)
    }
  },
  undone("3.5", by: .edges, "predictions are brought into the picture") {
    $0.positionError = { predicted, centres in
      try solutions.positionError(predicted.map { $0.map { min(1, max(0, $0)) } }, centres)
    }
  },
  undone("3.5", by: .nearTies, "errors below a thousandth are none") {
    $0.positionError = { predicted, centres in
      let error = try solutions.positionError(predicted, centres)
      return error < 1e-3 ? 0 : error
    }
  },
  undone("3.6", by: .edges, "one label alone has the loss of two") {
    $0.lossWithoutLooking = { labels, weights in
      let seen = Set(zip(labels, weights).filter { $0.1 > 0 }.map(\.0))
      return seen.count == 1 ? 0.6931472 : try solutions.lossWithoutLooking(labels, weights)
    }
  },
]
