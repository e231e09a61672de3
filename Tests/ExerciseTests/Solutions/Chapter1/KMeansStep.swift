import Checkers
import SolutionFunctions

private func mutant(
  _ name: String, says sentence: String, _ change: (inout Chapter1Functions) -> Void
) -> Specimen<Chapter1Functions> {
  .mutant("1.2", name, says: sentence, chapter1Solutions, change)
}

private func right(_ name: String, _ change: (inout Chapter1Functions) -> Void)
  -> Specimen<Chapter1Functions>
{
  .right("1.2", name, chapter1Solutions, change)
}

/// The first centre with the smallest score.
private func first(
  _ score: @escaping @Sendable ([Float], [Float]) -> Float
) -> @Sendable ([[Float]], [[Float]]) -> [Int] {
  { points, centres in
    points.map { point in
      let scores = centres.map { score(point, $0) }
      return scores.firstIndex(of: scores.min()!)!
    }
  }
}

/// Centres moved to `sum / divisor(count)`, with a rule for those that no point belongs to.
private func moved(
  divisor: @escaping @Sendable (_ own: Int, _ all: Int) -> Float,
  empty: @escaping @Sendable ([Float]) -> [Float]
) -> @Sendable ([[Float]], [Int], [[Float]]) -> [[Float]] {
  { points, assignments, centres in
    centres.indices.map { cluster in
      let own = points.indices.filter { assignments[$0] == cluster }
      if own.isEmpty { return empty(centres[cluster]) }
      return centres[cluster].indices.map { axis in
        own.reduce(Float(0)) { $0 + points[$1][axis] } / divisor(own.count, points.count)
      }
    }
  }
}

let kMeansStepSpecimens: [Specimen<Chapter1Functions>] = [
  right("compares true distances, with the root") {
    $0.nearestCentres = first { point, centre in
      zip(point, centre).map { ($0 - $1) * ($0 - $1) }.reduce(0, +).squareRoot()
    }
  },
  right("running means, from the last point to the first") {
    $0.movedCentres = { points, assignments, centres in
      var centres = centres
      var counts = centres.map { _ in Float(0) }
      for (point, cluster) in zip(points, assignments).reversed() {
        counts[cluster] += 1
        for axis in point.indices {
          let old = counts[cluster] == 1 ? 0 : centres[cluster][axis]
          centres[cluster][axis] = old + (point[axis] - old) / counts[cluster]
        }
      }
      return centres
    }
  },
  mutant("the higher index wins a tie", says: "you took the higher") {
    $0.nearestCentres = { points, centres in
      points.map { point in
        let scores = centres.map { centre in
          zip(point, centre).map { ($0 - $1) * ($0 - $1) }.reduce(0, +)
        }
        return scores.lastIndex(of: scores.min()!)!
      }
    }
  },
  mutant("Manhattan distance", says: "Manhattan distance") {
    $0.nearestCentres = first { zip($0, $1).map { abs($0 - $1) }.reduce(0, +) }
  },
  mutant("the farthest centre", says: "farthest away") {
    $0.nearestCentres = first { -zip($0, $1).map { ($0 - $1) * ($0 - $1) }.reduce(0, +) }
  },
  mutant("the largest scalar product", says: "scalar product") {
    $0.nearestCentres = first { -zip($0, $1).map { $0 * $1 }.reduce(0, +) }
  },
  mutant("the first coordinate alone", says: "the first coordinate alone;") {
    $0.nearestCentres = first { abs($0[0] - $1[0]) }
  },
  mutant("counts from 1", says: "begin at 1") {
    let solution = $0.nearestCentres
    $0.nearestCentres = { points, centres in try solution(points, centres).map { $0 + 1 } }
  },
  mutant("divides by the number of all points", says: "number of all points") {
    $0.movedCentres = moved(divisor: { _, all in Float(all) }, empty: { $0 })
  },
  mutant("gives sums", says: "These are the sums") {
    $0.movedCentres = moved(divisor: { _, _ in 1 }, empty: { $0 })
  },
  mutant("divides 0 by 0", says: "You divided 0 by 0") {
    $0.movedCentres = moved(divisor: { own, _ in Float(own) }, empty: { $0.map { _ in .nan } })
  },
  mutant("an empty cluster goes to the origin", says: "went to the origin") {
    $0.movedCentres = moved(divisor: { own, _ in Float(own) }, empty: { $0.map { _ in 0 } })
  },
  mutant("an empty cluster is dropped", says: "You dropped the centre") {
    $0.movedCentres = { points, assignments, centres in
      moved(divisor: { own, _ in Float(own) }, empty: { _ in [] })(points, assignments, centres)
        .filter { !$0.isEmpty }
    }
  },
  mutant("the old centre counts as a point", says: "as if it were a point") {
    $0.movedCentres = { points, assignments, centres in
      moved(divisor: { own, _ in Float(own) }, empty: { $0 })(
        points + centres, assignments + Array(centres.indices), centres)
    }
  },
  .unnamed("1.2", "no distance is above 1,000", chapter1Solutions) {
    $0.nearestCentres = first { point, centre in
      min(1000, zip(point, centre).map { ($0 - $1) * ($0 - $1) }.reduce(0, +))
    }
  },
  .unnamed("1.2", "whole distances", chapter1Solutions) {
    $0.nearestCentres = first { point, centre in
      zip(point, centre).map { ($0 - $1) * ($0 - $1) }.reduce(0, +).rounded(.down)
    }
  },
  // The tie in the second case goes to the lower index, the one in the third to the higher.
  .unnamed("1.2", "of equally near centres the one nearer to 0", chapter1Solutions) {
    $0.nearestCentres = { points, centres in
      points.map { point in
        let scores = centres.map { centre in
          zip(point, centre).map { ($0 - $1) * ($0 - $1) }.reduce(0, +)
        }
        let lengths = centres.map { $0.map { $0 * $0 }.reduce(0, +) }
        return centres.indices.reversed().min {
          (scores[$0], lengths[$0]) < (scores[$1], lengths[$1])
        }!
      }
    }
  },
  .unnamed("1.2", "the middle number instead of the mean", chapter1Solutions) {
    $0.movedCentres = { points, assignments, centres in
      centres.indices.map { cluster in
        let own = points.indices.filter { assignments[$0] == cluster }
        if own.isEmpty { return centres[cluster] }
        return centres[cluster].indices.map { axis in
          own.map { points[$0][axis] }.sorted()[own.count / 2]
        }
      }
    }
  },
  mutant("a sum of 0 counts as no points", says: "A sum of 0 does not mean") {
    $0.movedCentres = { points, assignments, centres in
      let sums = moved(divisor: { _, _ in 1 }, empty: { $0.map { _ in 0 } })(
        points, assignments, centres)
      return centres.indices.map { cluster in
        let count = Float(assignments.count { $0 == cluster })
        if sums[cluster].allSatisfy({ $0 == 0 }) { return centres[cluster] }
        return sums[cluster].map { $0 / count }
      }
    }
  },
  mutant("an empty cluster goes to the farthest point", says: "as on the chapter's page") {
    $0.movedCentres = { points, assignments, centres in
      let moved = try chapter1Solutions.movedCentres(points, assignments, centres)
      func distance(_ point: Int) -> Float {
        zip(points[point], moved[assignments[point]]).map { ($0 - $1) * ($0 - $1) }.reduce(0, +)
      }
      let farthest = points.indices.max { distance($0) < distance($1) }
      return moved.indices.map { cluster in
        guard let farthest, !assignments.contains(cluster) else { return moved[cluster] }
        return points[farthest]
      }
    }
  },
]
