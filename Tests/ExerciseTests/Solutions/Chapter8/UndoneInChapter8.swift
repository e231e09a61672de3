import Checkers
import Foundation
import SolutionFunctions
import TensorCore

private func undone(
  _ exercise: String, by family: Family, _ name: String, told words: [String] = [],
  _ change: (inout Chapter8Functions) -> Void
) -> Specimen<Chapter8Functions> {
  .undone(by: family, exercise, name, told: words, chapter8Solutions, change)
}

private let solutions = chapter8Solutions

private func eight(_ rows: [[Float]]) -> [[Float]] { rows.map { Array($0.prefix(8)) } }

private func length(_ row: [Float]) -> Float { row.map { $0 * $0 }.reduce(0, +).squareRoot() }

/// The exponents of the other views, by place.
private func exponents(
  _ views: [[Float]], _ anchor: Int, _ temperature: Float
) -> [(view: Int, exponent: Float)] {
  views.indices.filter { $0 != anchor }.map { other in
    let lengths = length(views[anchor]) * length(views[other])
    let along = zip(views[anchor], views[other]).map { $0 * $1 }.reduce(0, +)
    return (other, lengths == 0 ? 0 : along / lengths / temperature)
  }
}

/// The logarithm of the sum of powers after the first exponent is taken off instead of the largest.
private func logSumAfterFirst(_ exponents: [Float]) -> Float {
  exponents[0] + log(exponents.map { exp($0 - exponents[0]) }.reduce(0, +))
}

/// Answers that are right on ordinary inputs.
let undoneInChapter8: [Specimen<Chapter8Functions>] = [
  undone("8.1", by: .equalRows, "leaves out the anchor by its numbers") {
    $0.anchorLoss = { views, anchor, positive, temperature in
      let all = exponents(views, anchor, temperature)
      let others = all.filter { views[$0.view] != views[anchor] || $0.view == positive }
      let top = others.map(\.exponent).max()!
      return top + log(others.map { exp($0.exponent - top) }.reduce(0, +))
        - all.first { $0.view == positive }!.exponent
    }
  },
  undone("8.1", by: .sizes, "eight coordinates") {
    $0.anchorLoss = { try solutions.anchorLoss(eight($0), $1, $2, $3) }
  },
  undone("8.1", by: .scale, "an ε in the norm") {
    $0.anchorLoss = { views, anchor, positive, temperature in
      let units = views.map { view in view.map { $0 / (length(view) + 1e-7) } }
      let e = units.map { other in
        zip(units[anchor], other).map { $0 * $1 }.reduce(0, +) / temperature
      }
      let others = e.indices.filter { $0 != anchor }.map { e[$0] }
      return others.max()! + log(others.map { exp($0 - others.max()!) }.reduce(0, +)) - e[positive]
    }
  },
  undone(
    "8.1", by: .stability, "takes the first exponent off instead of the largest",
    told: ["exp(1 / 0.01) is too large"]
  ) {
    $0.anchorLoss = { views, anchor, positive, temperature in
      let all = exponents(views, anchor, temperature)
      return logSumAfterFirst(all.map(\.exponent)) - all.first { $0.view == positive }!.exponent
    }
  },
  undone("8.2", by: .equalRows, "finds a view's slope by the view's numbers") {
    $0.batchGradient = { views, temperature in
      let right = try solutions.batchGradient(views, temperature)
      return views.map { right[views.firstIndex(of: $0)!] }
    }
  },
  undone("8.2", by: .sizes, "eight coordinates") {
    $0.slopeBeforeNormalisation = { z, slope in
      let short = try solutions.slopeBeforeNormalisation(Array(z.prefix(8)), Array(slope.prefix(8)))
      return short + z.dropFirst(8).map { _ in 0 }
    }
  },
  undone("8.2", by: .scale, "an ε in the norm") {
    $0.slopeBeforeNormalisation = { z, slope in
      let long = (z.map { $0 * $0 }.reduce(0, +) + 1e-8).squareRoot()
      let along = zip(z, slope).map { $0 / long * $1 }.reduce(0, +)
      return z.allSatisfy { $0 == 0 } ? z : zip(z, slope).map { ($1 - $0 / long * along) / long }
    }
  },
  undone(
    "8.2", by: .stability, "takes the first exponent off instead of the largest",
    told: ["a division by zero"]
  ) {
    $0.anchorGradient = { views, anchor, positive, temperature in
      let all = exponents(views, anchor, temperature)
      let total = logSumAfterFirst(all.map(\.exponent))
      if total.isFinite {
        return try solutions.anchorGradient(views, anchor, positive, temperature)
      }
      return views[anchor].map { _ in .nan }
    }
  },
  undone("8.3", by: .equalRows, "finds an anchor by its similarities") {
    $0.meanOverAnchors = { rows, patients, temperature in
      let anchors = rows.map { rows.firstIndex(of: $0)! }
      let paired = anchors.filter { one in patients.count { $0 == patients[one] } > 1 }
      if paired.isEmpty { return 0 }
      let losses = try paired.map {
        try solutions.severalPositivesLoss(rows[$0], patients, $0, temperature)
      }
      return losses.reduce(0, +) / Float(losses.count)
    }
  },
  .unnamed("8.3", "similarities that are alike count once", chapter8Solutions) {
    $0.severalPositivesLoss = { s, patients, anchor, temperature in
      let right = try solutions.severalPositivesLoss(s, patients, anchor, temperature)
      func logSum(_ numbers: [Float]) -> Float {
        log(numbers.map { exp($0 / temperature - numbers.max()! / temperature) }.reduce(0, +))
      }
      let others = s.indices.filter { $0 != anchor }.map { s[$0] }
      return right == 0 ? 0 : right - logSum(others) + logSum(Array(Set(others)))
    }
  },
  undone("8.3", by: .sizes, "64 views below the bar") {
    $0.severalPositivesLoss = { s, patients, anchor, temperature in
      let count = max(64, anchor + 1)
      return try solutions.severalPositivesLoss(
        Array(s.prefix(count)), Array(patients.prefix(count)), anchor, temperature)
    }
  },
  undone("8.3", by: .edges, "patients have no negative numbers") {
    $0.severalPositivesLoss = { s, patients, anchor, temperature in
      patients[anchor] < 0
        ? 0 : try solutions.severalPositivesLoss(s, patients, anchor, temperature)
    }
  },
  undone("8.3", by: .scale, "no temperature above 1") {
    $0.severalPositivesLoss = { s, patients, anchor, temperature in
      try solutions.severalPositivesLoss(s, patients, anchor, min(1, temperature))
    }
  },
  undone(
    "8.3", by: .stability, "takes the first exponent off instead of the largest",
    told: ["exp(1 / 0.01) is too large"]
  ) {
    $0.severalPositivesLoss = { s, patients, anchor, temperature in
      let others = s.indices.filter { $0 != anchor }
      let positives = others.filter { patients[$0] == patients[anchor] }
      if positives.isEmpty { return 0 }
      return logSumAfterFirst(others.map { s[$0] / temperature })
        - positives.map { s[$0] / temperature }.reduce(0, +) / Float(positives.count)
    }
  },
  undone("8.4", by: .sizes, "of four pictures two pairs") {
    $0.patientPair = { pictures, random in
      if pictures.count != 4 { return try solutions.patientPair(pictures, &random) }
      let half = 2 * random.integer(below: 2)
      return (pictures[half], pictures[half + 1])
    }
  },
  undone("8.4", by: .sizes, "64 pictures") {
    $0.patientPair = { try solutions.patientPair(Array($0.prefix(64)), &$1) }
  },
  undone("8.4", by: .edges, "pictures have no negative numbers") {
    $0.patientPair = { pictures, random in
      try solutions.patientPair(pictures.filter { $0 >= 0 }, &random)
    }
  },
  undone("8.4", by: .chance, "patients in the order of a Set") {
    $0.epochOfPairs = { pictures, batchSize, random in
      let order = Array(Set(pictures))
      return try solutions.epochOfPairs(order, batchSize, &random)
    }
  },
  undone("8.5", by: .equalRows, "pairs of points that differ") {
    $0.uniformity = { points in
      var powers: [Float] = []
      for i in points.indices {
        for j in 0..<i where points[i] != points[j] {
          powers.append(exp(try solutions.uniformity([points[i], points[j]])))
        }
      }
      return powers.isEmpty ? 0 : log(powers.reduce(0, +) / Float(powers.count))
    }
  },
  undone("8.5", by: .sizes, "eight coordinates") {
    $0.alignment = { try solutions.alignment(eight($0), eight($1)) }
  },
  undone("8.5", by: .scale, "an ε in the norm") {
    $0.alignment = { first, second in
      func unit(_ row: [Float]) -> [Float] { row.map { $0 / (length(row) + 1e-7) } }
      return zip(first, second).map { one, other in
        zip(unit(one), unit(other)).map { ($0 - $1) * ($0 - $1) }.reduce(0, +)
      }.reduce(0, +) / Float(first.count)
    }
  },
  undone("8.5", by: .edges, "the angle by acos") {
    $0.uniformity = { points in
      var powers: [Float] = []
      for i in points.indices {
        for (_, cosine) in exponents(points, i, 1) {
          let distance = 2 * sin(acos(cosine) / 2)
          powers.append(exp(-2 * distance * distance))
        }
      }
      return powers.isEmpty ? 0 : log(powers.reduce(0, +) / Float(powers.count))
    }
  },
  undone(
    "8.6", by: .chance, "patients in the order of a Set",
    told: ["in the order of a Set or a Dictionary"]
  ) {
    $0.splitByPatient = { patients, diagnoses, share, seed in
      var random = Random(seed: seed)
      var tested: Set<Int> = []
      for diagnosis in Set(diagnoses).sorted() {
        let ill = Array(
          Set(patients.indices.filter { diagnoses[$0] == diagnosis }.map { patients[$0] }))
        let count = Int((share * Float(ill.count)).rounded())
        tested.formUnion(random.permutation(ill.count).prefix(count).map { ill[$0] })
      }
      return (
        patients.indices.filter { !tested.contains(patients[$0]) },
        patients.indices.filter { tested.contains(patients[$0]) }
      )
    }
  },
  undone("8.6", by: .rounding, "rounds to even", told: ["yours went to the even number"]) {
    $0.splitByPatient = { patients, diagnoses, share, seed in
      var random = Random(seed: seed)
      var tested: Set<Int> = []
      for diagnosis in Set(diagnoses).sorted() {
        let own = patients.indices.filter { diagnoses[$0] == diagnosis }.map { patients[$0] }
        var ill = Set(own).sorted()
        random.shuffle(&ill)
        tested.formUnion(ill.prefix(Int((share * Float(ill.count)).rounded(.toNearestOrEven))))
      }
      return (
        patients.indices.filter { !tested.contains(patients[$0]) },
        patients.indices.filter { tested.contains(patients[$0]) }
      )
    }
  },
  undone("8.6", by: .edges, "patients have no negative numbers") {
    $0.leakedShare = { patients, train, test in
      try solutions.leakedShare(patients, train.filter { patients[$0] >= 0 }, test)
    }
  },
  .unnamed("8.6", "diagnoses have no negative numbers", chapter8Solutions) {
    $0.splitByPatient = { patients, diagnoses, share, seed in
      if !diagnoses.contains(where: { $0 < 0 }) {
        return try solutions.splitByPatient(patients, diagnoses, share, seed)
      }
      return (Array(patients.indices), [])
    }
  },
  undone("8.6", by: .sizes, "64 patients") {
    $0.leakedShare = { patients, train, test in
      try solutions.leakedShare(
        patients, train.filter { patients[$0] < 64 || patients.count < 130 }, test)
    }
  },
  undone("8.1", by: .nearTies, "1e-6 is added to the powers' sum") {
    $0.anchorLoss = { views, anchor, positive, temperature in
      let right = try solutions.anchorLoss(views, anchor, positive, temperature)
      let all = exponents(views, anchor, temperature).map(\.exponent)
      let sum = all.map { exp($0 - all.max()!) }.reduce(0, +)
      return right + Float(log1p(1e-6 / Double(sum)))
    }
  },
  undone("8.1", by: .edges, "two views without direction are alike") {
    $0.anchorLoss = { views, anchor, positive, temperature in
      // A direction of their own for all of them.
      let isZero = views.map { $0.allSatisfy { $0 == 0 } }
      let wider = zip(views, isZero).map { $0 + [$1 ? 1 : 0] }
      return try solutions.anchorLoss(wider, anchor, positive, temperature)
    }
  },
  undone("8.1", by: .scale, "products of Floats") {
    $0.anchorLoss = { views, anchor, positive, temperature in
      let all = exponents(views, anchor, temperature)
      let top = all.map(\.exponent).max()!
      return top + log(all.map { exp($0.exponent - top) }.reduce(0, +))
        - all.first { $0.view == positive }!.exponent
    }
  },
  undone("8.1", by: .chance, "remembers the loss of the same views and anchor") {
    let memory = Memory<Float>()
    $0.anchorLoss = { views, anchor, positive, temperature in
      try memory.value("\(views) \(anchor) \(temperature)") {
        try solutions.anchorLoss(views, anchor, positive, temperature)
      }
    }
  },
  undone("8.2", by: .scale, "1e-6 is added to the norm, in the batch") {
    $0.batchGradient = { views, temperature in
      zip(try solutions.batchGradient(views, temperature), views).map { row, view in
        row.map { $0 * (length(view) / (length(view) + 1e-6)) }
      }
    }
  },
  undone("8.2", by: .scale, "a norm of 1e-12 or more, for the anchor") {
    $0.anchorGradient = { views, anchor, positive, temperature in
      let norm = length(views[anchor])
      return try solutions.anchorGradient(views, anchor, positive, temperature).map {
        $0 * (norm / max(norm, 1e-12))
      }
    }
  },
  undone("8.2", by: .scale, "products of Floats") {
    $0.slopeBeforeNormalisation = { z, slope in
      let long = length(z)
      if z.allSatisfy({ $0 == 0 }) { return z }
      let along = zip(z, slope).map { $0 / long * $1 }.reduce(0, +)
      return zip(z, slope).map { ($1 - $0 / long * along) / long }
    }
  },
  undone("8.2", by: .nearTies, "slopes below 1e-3 are 0") {
    $0.anchorGradient = { views, anchor, positive, temperature in
      let right = try solutions.anchorGradient(views, anchor, positive, temperature)
      let norm = length(views[anchor])
      // Only where all are so small, and the views have an ordinary length.
      return norm > 0.1 && norm < 10 && right.allSatisfy { abs($0) < 1e-3 }
        ? right.map { _ in 0 } : right
    }
  },
  undone("8.2", by: .chance, "remembers the gradient of the same views and anchor") {
    let memory = Memory<[Float]>()
    $0.anchorGradient = { views, anchor, positive, temperature in
      try memory.value("\(views) \(anchor) \(temperature)") {
        try solutions.anchorGradient(views, anchor, positive, temperature)
      }
    }
  },
  undone("8.3", by: .nearTies, "1e-6 is added to the powers' sum") {
    $0.severalPositivesLoss = { s, patients, anchor, temperature in
      let right = try solutions.severalPositivesLoss(s, patients, anchor, temperature)
      let all = s.indices.filter { $0 != anchor }.map { s[$0] / temperature }
      if !s.indices.contains(where: { $0 != anchor && patients[$0] == patients[anchor] }) {
        return 0
      }
      return right + Float(log1p(1e-6 / Double(all.map { exp($0 - all.max()!) }.reduce(0, +))))
    }
  },
  undone("8.3", by: .chance, "remembers the loss of the same similarities and anchor") {
    let memory = Memory<Float>()
    $0.severalPositivesLoss = { s, patients, anchor, temperature in
      try memory.value("\(s) \(anchor) \(temperature)") {
        try solutions.severalPositivesLoss(s, patients, anchor, temperature)
      }
    }
  },
  undone("8.4", by: .sizes, "the first picture is one of the first eight") {
    $0.patientPair = { pictures, random in
      if pictures.count <= 8 { return try solutions.patientPair(pictures, &random) }
      let first = random.integer(below: 8)
      let step = 1 + random.integer(below: pictures.count - 1)
      return (pictures[first], pictures[(first + step) % pictures.count])
    }
  },
  undone("8.4", by: .chance, "a shuffle that swaps each place with any other") {
    $0.epochOfPairs = { pictures, batchSize, random in
      var order = Array(pictures.indices)
      for place in order.indices {
        order.swapAt(place, random.integer(below: order.count))
      }
      var pairs: [Chapter8Functions.Pair] = []
      for patient in order {
        if let pair = try solutions.patientPair(pictures[patient], &random) { pairs.append(pair) }
      }
      return stride(from: 0, to: pairs.count, by: batchSize)
        .map { Array(pairs[$0..<min($0 + batchSize, pairs.count)]) }.filter { $0.count > 1 }
    }
  },
  undone("8.5", by: .scale, "a norm of 1e-12 or more") {
    $0.uniformity = { points in
      try solutions.uniformity(points.map { $0 + [length($0) < 1e-12 ? 1e-12 : 0] })
    }
  },
  undone("8.5", by: .scale, "products of Floats") {
    $0.alignment = { first, second in
      let distances = zip(first, second).map { one, other in
        let (a, b) = (length(one), length(other))
        return zip(one, other).map { ($0 / a - $1 / b) * ($0 / a - $1 / b) }.reduce(0, +)
      }
      return distances.reduce(0, +) / Float(distances.count)
    }
  },
  undone("8.5", by: .nearTies, "squared distances below 1e-3 are 0") {
    $0.alignment = { first, second in
      let distances = try zip(first, second).map { try solutions.alignment([$0], [$1]) }
      return distances.map { $0 < 1e-3 ? 0 : $0 }.reduce(0, +) / Float(distances.count)
    }
  },
  undone("8.5", by: .chance, "remembers the alignment of the same first views") {
    let memory = Memory<Float>()
    $0.alignment = { first, second in
      if first != [[3, 1], [1, 2]] { return try solutions.alignment(first, second) }
      return try memory.value("\(first)") { try solutions.alignment(first, second) }
    }
  },
  undone("8.6", by: .chance, "tests patients who stand side by side") {
    $0.splitByPatient = { patients, diagnoses, share, seed in
      var random = Random(seed: seed)
      var tested: Set<Int> = []
      for diagnosis in Set(diagnoses).sorted() {
        let own = patients.indices.filter { diagnoses[$0] == diagnosis }.map { patients[$0] }
        let ill = Set(own).sorted()
        let count = Int((share * Float(ill.count)).rounded())
        let start = random.integer(below: ill.count)
        tested.formUnion((0..<count).map { ill[(start + $0) % ill.count] })
      }
      return (
        patients.indices.filter { !tested.contains(patients[$0]) },
        patients.indices.filter { tested.contains(patients[$0]) }
      )
    }
  },
]
