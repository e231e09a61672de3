import Checkers
import ExerciseFunctions
import SolutionFunctions

private func mutant(
  _ name: String, says sentence: String, also: [String] = [],
  _ change: (inout Chapter3Functions) -> Void
) -> Specimen<Chapter3Functions> {
  .mutant("3.5", name, says: sentence, also: also, chapter3Solutions, change)
}

private func undone(
  by family: Family, _ name: String, told words: [String] = [],
  _ change: (inout Chapter3Functions) -> Void
) -> Specimen<Chapter3Functions> {
  .undone(by: family, "3.5", name, told: words, chapter3Solutions, change)
}

private func distances(_ predicted: [[Float]], _ centres: [[Float]]) -> [Float] {
  zip(predicted, centres).map { p, c in
    ((p[0] - c[0]) * (p[0] - c[0]) + (p[1] - c[1]) * (p[1] - c[1])).squareRoot()
  }
}

@Sendable private func mean(_ numbers: [Float]) -> Float {
  numbers.isEmpty ? 0 : numbers.reduce(0, +) / Float(numbers.count)
}

@Sendable private func quadratic(_ numbers: [Float]) -> Float {
  mean(numbers.map { $0 * $0 }).squareRoot()
}

/// An error by a rule on the distances.
private func error(
  _ rule: @escaping @Sendable ([Float]) -> Float
) -> @Sendable ([[Float]], [[Float]]) -> Float {
  { $0.isEmpty ? 0 : rule(distances($0, $1)) }
}

/// An error by a rule on what is off down, and across.
private func axes(
  _ rule: @escaping @Sendable (_ down: Float, _ across: Float) -> Float
) -> @Sendable ([[Float]], [[Float]]) -> Float {
  { predicted, centres in
    rule(
      quadratic(zip(predicted, centres).map { $0[0] - $1[0] }),
      quadratic(zip(predicted, centres).map { $0[1] - $1[1] }))
  }
}

/// Chance by a rule for the guess.
private func chance(
  _ guess: @escaping @Sendable (_ training: [[Float]], _ test: [[Float]]) -> [Float]
) -> @Sendable ([[Float]], [[Float]]) -> Float {
  { training, test in
    if test.isEmpty { return 0 }
    let guess = guess(training, test)
    return quadratic(distances(test.map { _ in guess }, test))
  }
}

private func middle(_ centres: [[Float]]) -> [Float] {
  [mean(centres.map { $0[0] }), mean(centres.map { $0[1] })]
}

/// The best pictures by a rule: what is made of all pictures' distances, each picture's in a row.
private func best(
  _ rule: @escaping @Sendable (_ pictures: [[Float]]) -> Float
) -> @Sendable ([[Float]], [[Float]], [Int]) -> Float {
  { predicted, centres, pictures in
    let all = distances(predicted, centres)
    let own = Set(pictures).map { number in all.indices.filter { pictures[$0] == number } }
    return own.isEmpty ? 0 : rule(own.map { $0.map { all[$0] } })
  }
}

/// The least numbers, so many of them and at least one.
private func least(_ numbers: [Float], _ count: Int) -> [Float] {
  Array(numbers.sorted().prefix(max(1, count)))
}

let positionErrorSpecimens: [Specimen<Chapter3Functions>] = [
  .right("3.5", "a running mean of squares; the best are taken one by one", chapter3Solutions) {
    let error: @Sendable ([[Float]], [[Float]]) -> Float = { predicted, centres in
      var (mean, seen): (Float, Float) = (0, 0)
      for (p, c) in zip(predicted, centres) {
        seen += 1
        let square = (p[0] - c[0]) * (p[0] - c[0]) + (p[1] - c[1]) * (p[1] - c[1])
        mean += (square - mean) / seen
      }
      return mean.squareRoot()
    }
    $0.positionError = error
    // The squared error of a guess is the variance and the squared distance from the mean.
    $0.chanceError = { training, test in
      if test.isEmpty { return 0 }
      var sum = 0.0
      for axis in 0..<2 {
        let guess = training.map { Double($0[axis]) }.reduce(0, +) / Double(training.count)
        let centre = test.map { Double($0[axis]) }.reduce(0, +) / Double(test.count)
        let squares = test.map { (Double($0[axis]) - centre) * (Double($0[axis]) - centre) }
        sum += squares.reduce(0, +) / Double(test.count) + (guess - centre) * (guess - centre)
      }
      return Float(sum.squareRoot())
    }
    $0.bestTenthError = { predicted, centres, pictures in
      let order = pictures.indices.sorted { pictures[$0] < pictures[$1] }
      var (errors, start): ([Float], Int) = ([], 0)
      while start < order.count {
        let own = order[start...].prefix { pictures[$0] == pictures[order[start]] }
        errors.append(error(own.map { predicted[$0] }, own.map { centres[$0] }))
        start += own.count
      }
      var sum: Float = 0
      let count = errors.count < 20 ? min(1, errors.count) : errors.count / 10
      for _ in 0..<count {
        let place = errors.indices.min { errors[$0] < errors[$1] }!
        sum += errors.remove(at: place)
      }
      return count == 0 ? 0 : sum / Float(count)
    }
  },
  mutant("the mean distance", says: "This is the mean distance; square") {
    $0.positionError = error(mean)
  },
  mutant("over all numbers", says: "You took the mean over all numbers") {
    $0.positionError = error { quadratic($0) / Float(2).squareRoot() }
  },
  mutant("no root", says: "The root is missing") {
    $0.positionError = error { quadratic($0) * quadratic($0) }
  },
  mutant("the sum", says: "This is the root of the sum") {
    $0.positionError = error { quadratic($0) * Float($0.count).squareRoot() }
  },
  mutant("down alone", says: "You looked at the places down alone") {
    $0.positionError = axes { down, _ in down }
  },
  mutant("across alone", says: "You looked at the places across alone") {
    $0.positionError = axes { _, across in across }
  },
  mutant("down and across", says: "You added the errors down and across") {
    $0.positionError = axes { $0 + $1 }
  },
  mutant("the largest", says: "This is the largest distance of all") {
    $0.positionError = error { $0.max()! }
  },
  mutant("one patch less", says: "You divided by one patch less") {
    $0.positionError = error {
      quadratic($0) * (Float($0.count) / Float($0.count - 1)).squareRoot()
    }
  },
  mutant("over no patches", says: "You divided by the number of patches, which is 0") {
    let right = $0.positionError
    $0.positionError = { $0.isEmpty ? .nan : try right($0, $1) }
  },
  mutant("the mean of the test", says: "You guessed the mean of the test patches") {
    $0.chanceError = chance { middle($1) }
  },
  mutant("the mean of all", says: "You guessed the mean of training and test") {
    $0.chanceError = chance { middle($0 + $1) }
  },
  mutant("the picture's middle", says: "You guessed the middle of the picture") {
    $0.chanceError = chance { _, _ in [0.5, 0.5] }
  },
  mutant("the corner", says: "You guessed (0, 0)") { $0.chanceError = chance { _, _ in [0, 0] } },
  mutant("the median", says: "You guessed the median") {
    $0.chanceError = chance { training, _ in
      [0, 1].map { axis in
        let sorted = training.map { $0[axis] }.sorted()
        return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
      }
    }
  },
  mutant("on the training patches", says: "This is the error on the training patches") {
    $0.chanceError = { training, test in
      test.isEmpty ? 0 : quadratic(distances(training.map { _ in middle(training) }, training))
    }
  },
  mutant("the first", says: "You guessed the first training patch's place") {
    $0.chanceError = chance { training, _ in training[0] }
  },
  mutant("one number", says: "You guessed one number for down and across") {
    $0.chanceError = chance { training, _ in
      let number = mean(middle(training))
      return [number, number]
    }
  },
  mutant("over no test", says: "You divided by the number of test patches") {
    let right = $0.chanceError
    $0.chanceError = { $1.isEmpty ? .nan : try right($0, $1) }
  },
  mutant("the worst", says: "These are the pictures with the largest errors") {
    $0.bestTenthError = best { pictures in
      mean(Array(pictures.map(quadratic).sorted().suffix(max(1, pictures.count / 10))))
    }
  },
  mutant("patches", says: "You took a tenth of the patches") {
    $0.bestTenthError = best { pictures in
      let all = pictures.flatMap(\.self)
      return quadratic(least(all, all.count / 10))
    }
  },
  mutant("the mean of patches", says: "You took a tenth of the patches") {
    $0.bestTenthError = best { pictures in
      let all = pictures.flatMap(\.self)
      return mean(least(all, all.count / 10))
    }
  },
  mutant("rounded up", says: "You rounded the tenth up") {
    $0.bestTenthError = best { pictures in
      mean(least(pictures.map(quadratic), (pictures.count + 9) / 10))
    }
  },
  mutant("rounded", says: "You rounded the tenth to the nearest") {
    $0.bestTenthError = best { pictures in
      mean(least(pictures.map(quadratic), (pictures.count + 5) / 10))
    }
  },
  mutant("all patches of the best", says: "the error of all the best pictures' patches together") {
    $0.bestTenthError = best { pictures in
      let sorted = pictures.sorted { quadratic($0) < quadratic($1) }
      return quadratic(sorted.prefix(max(1, pictures.count / 10)).flatMap(\.self))
    }
  },
  mutant("squares again", says: "the root of the mean square of the errors") {
    $0.bestTenthError = best { quadratic(least($0.map(quadratic), $0.count / 10)) }
  },
  mutant("the mean over all pictures", says: "This is the mean over all pictures") {
    $0.bestTenthError = best { mean($0.map(quadratic)) }
  },
  mutant("the best alone", says: "This is the best picture's error alone") {
    $0.bestTenthError = best { $0.map(quadratic).min()! }
  },
  mutant("the tenth's bound", says: "This is the largest error among the best tenth") {
    $0.bestTenthError = best { least($0.map(quadratic), $0.count / 10).last! }
  },
  mutant("mean distances", says: "Each picture's error is the mean distance") {
    $0.bestTenthError = best { mean(least($0.map(mean), $0.count / 10)) }
  },
  mutant("equal errors once", says: "Equal errors count once") {
    $0.bestTenthError = best { pictures in
      mean(least(Array(Set(pictures.map(quadratic))), pictures.count / 10))
    }
  },
  .unnamed("3.5", "a fifth of the pictures", chapter3Solutions) {
    $0.bestTenthError = best { mean(least($0.map(quadratic), $0.count / 5)) }
  },
  undone(by: .nearTies, "squares multiplied out, in Float") {
    let right = $0.positionError
    $0.positionError = { predicted, centres in
      // Places that are told exactly are the solution's affair: this is about few digits.
      if predicted == centres { return try right(predicted, centres) }
      let squares = zip(predicted, centres).map { p, c in
        (p[0] * p[0] + p[1] * p[1]) - 2 * (p[0] * c[0] + p[1] * c[1]) + (c[0] * c[0] + c[1] * c[1])
      }
      return max(0, mean(squares)).squareRoot()
    }
  },
  undone(by: .equalRows, "what was said of a patch, by its place") {
    let right = $0.positionError
    $0.positionError = { predicted, centres in
      try right(centres.map { predicted[centres.firstIndex(of: $0)!] }, centres)
    }
  },
  undone(by: .sizes, "256 patches at most") {
    let right = $0.positionError
    $0.positionError = { try right(Array($0.prefix(256)), Array($1.prefix(256))) }
  },
  undone(by: .edges, "picture numbers of 32 bits") {
    let right = $0.bestTenthError
    $0.bestTenthError = { try right($0, $1, $2.map { Int(Int32(truncatingIfNeeded: $0)) }) }
  },
  undone(by: .rounding, "rounded up from nine tenths on") {
    let right = $0.bestTenthError
    $0.bestTenthError = { predicted, centres, pictures in
      let count = Set(pictures).count
      guard count % 10 == 9, count > 10 else { return try right(predicted, centres, pictures) }
      return best { mean(least($0.map(quadratic), (count + 1) / 10)) }(predicted, centres, pictures)
    }
  },
]
