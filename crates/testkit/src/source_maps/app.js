(()=>{function i(t){if(!t.price)throw new Error(`no price of ${t.name}`);return t.price.amount}function n(t){let r=0;for(let o of t)r+=i(o);return r}var e=class{constructor(r){this.items=r}items;confirm(){return`Pay ${n(this.items)}`}};function m(t){return new e(t).confirm()}Object.assign(globalThis,{pay:m});})();
//# sourceMappingURL=app.js.map
