import CourseData
import Foundation
import TensorCore
import Testing

@testable import chapter8

private func heaps(_ count: Int, seed: UInt64) -> (points: Variable, heap: [Int]) {
  var random = Random(seed: seed)
  let heap = (0..<count).map { $0 % 3 }
  let numbers = heap.flatMap { at -> [Float] in
    (0..<5).map { Float($0 == at ? 20 : 0) + random.normal() }
  }
  return (Variable(Tensor([count, 5], numbers)), heap)
}

@Suite struct `t-SNE` {
  @Test func `neighbourhoods are symmetric, sum to 1 and have the perplexity asked for`() {
    let points = heaps(60, seed: 1).points
    let p = TSNE.neighbourhoods(points, perplexity: 10).value
    // Sums of 3,600 numbers near 1/3600.
    #expect(abs(p.numbers.reduce(0, +) - 1) < 1e-5)
    for (i, j) in [(0, 1), (5, 17), (59, 3)] { #expect(abs(p[i, j] - p[j, i]) < 1e-9) }
    for i in 0..<60 { #expect(p[i, i] == 0) }
    // Twenty points of a heap, ten neighbours each: nothing is left for other heaps.
    #expect(p[0, 1] < 1e-6)
    #expect(p[0, 3] > 1e-6)
  }

  @Test func `heaps that lie apart stay apart, whatever the first map`() {
    for seed in UInt64(1)...5 {
      let (points, heap) = heaps(90, seed: seed)
      var random = Random(seed: seed)
      let map = TSNE(points, perplexity: 10, using: &random)
      let numbers = map.map.value.numbers
      #expect(numbers.allSatisfy { $0.isFinite })
      let right = (0..<90).count { i in
        func distance(_ j: Int) -> Float {
          let (x, y) = (numbers[2 * i] - numbers[2 * j], numbers[2 * i + 1] - numbers[2 * j + 1])
          return x * x + y * y
        }
        let nearest = (0..<90).filter { $0 != i }.min { distance($0) < distance($1) }!
        return heap[nearest] == heap[i]
      }
      #expect(right == 90)
    }
  }

  @Test func `points that are all one make a finite map`() {
    var random = Random(seed: 1)
    let map = TSNE(Variable(Tensor([12, 3], fill: 1)), steps: 50, using: &random)
    #expect(map.map.value.numbers.allSatisfy { $0.isFinite })
    #expect(map.divergence.isFinite)
  }
}

@Suite struct `The shortcut of colours` {
  @Test func `a histogram knows a picture whose pixels changed places, and no repainted one`() {
    // Ten pictures of one colour each: crops keep it, grey does not.
    var pixels: [Float] = []
    for picture in 0..<10 {
      let share = Float(picture) / 10
      for _ in 0..<36 { pixels += [share, 1 - share, 0.5] }
    }
    let plain = Pictures(
      height: 6, width: 6, channels: 3, pixels: pixels, labels: Array(repeating: 0, count: 10),
      classNames: ["plain"])
    var random = Random(seed: 1)
    let crops = AugmentationSequence([RandomResizedCrop()])
    #expect(histogramAccuracy(plain, crops, bins: 10, using: &random) == 1)
    let repainted = AugmentationSequence([ColourJitter(strength: 1)])
    #expect(histogramAccuracy(plain, repainted, bins: 10, using: &random) < 0.9)
  }
}

@Suite struct `Broken losses` {
  @Test func `the anchor among the negatives leaves a floor of log 2`() {
    let perfect = coincidingPairs(4)
    // The six others weigh exp(−20) each.
    #expect(abs(anchoredLoss(perfect, temperature: 0.05).value.number - log(2)) < 1e-5)
    #expect(ntXent(perfect, temperature: 0.05).value.number < 1e-5)
  }

  @Test func `attraction alone is content with one point`() {
    let one = Variable(Tensor([6, 2], [1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0]))
    #expect(attractionLoss(one, temperature: 1).value.number == 0)
    #expect(singularValues(one).allSatisfy { $0 == 0 })
    let crossed = Variable(Tensor([4, 2], [1, 0, 1, 0, 0, 1, 0, 1]))
    #expect(attractionLoss(crossed, temperature: 1).value.number == 1)
  }
}

@Suite struct `A comparison` {
  @Test func `batches of other sizes see the same number of views`() {
    for batch in [8, 64, 512] {
      var plan = ContrastivePlan(steps: 160, batch: 64, learningRate: 0.01)
      plan.fit(batch: batch)
      #expect(plan.steps * plan.batch == 160 * 64)
      #expect(abs(plan.learningRate - 0.01 * (Float(batch) / 64).squareRoot()) < 1e-6)
    }
  }

  @Test func `the ladder and the questions run on one class, few pictures and grey ones`() throws {
    var random = Random(seed: 1)
    func grey(_ count: Int) -> Pictures {
      Pictures(
        height: 8, width: 8, channels: 1, pixels: (0..<count * 64).map { _ in random.uniform() },
        labels: (0..<count).map { $0 % 2 }, classNames: ["even", "odd"])
    }
    let set = PictureSet(seed: 1, training: grey(12), test: grey(6))
    let recipe = Recipe(plan: ContrastivePlan(steps: 2, batch: 40), width: 4)
    let trial = try Trial(recipe, set, title: "")
    let ladder = try LabelLadder([trial], [set], plan: FineTuningPlan(steps: 2))
    for rung in LabelLadder.Rung.allCases {
      for share in LabelLadder.shares { #expect(0...1 ~= ladder.mean(rung, share)) }
    }
    let known = KnownFactors(set, of: trial.model)
    #expect(known.factors.map(\.name) == ["class", "quarter turns", "brightness"])
    #expect((known.h + known.z + known.random).allSatisfy { 0...1 ~= $0 })
  }
}
